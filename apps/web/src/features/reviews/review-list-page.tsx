import { getRouteApi } from '@tanstack/react-router';
import { DecideLink } from '../../components/deck/decide-link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { reviewList } from './queries.ts';
import { reviewColumns } from './review-columns.tsx';

const route = getRouteApi('/signed-in/match-reviews');

export function ReviewListPage() {
  return (
    <PageFrame
      title="Match reviews"
      aside={<DecideLink to="/match-reviews/decide" needs="POST /api/v1/match-reviews/decision" />}
      lead="Customers that may be one: too much alike to be ignored, too little to be linked. They stay apart until a person has said what they are."
    >
      <Panel flush>
        <ListTable
          label="Match reviews"
          list={usePagedList(reviewList)}
          columns={reviewColumns}
          view={route.useSearch()}
          file="match-reviews"
          empty={{
            title: 'No match waits for a review',
            advice:
              'When two customers look alike, but not so much that the hub may link them by itself, they are listed here.',
          }}
        />
      </Panel>
    </PageFrame>
  );
}
