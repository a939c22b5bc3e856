import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { reviewsQuery } from './queries.ts';
import { reviewColumns } from './review-columns.tsx';

const route = getRouteApi('/signed-in/match-reviews');

export function ReviewListPage() {
  const filter = route.useSearch();
  const query = useQuery(reviewsQuery(filter));
  return (
    <PageFrame
      title="Match reviews"
      lead="Customers that may be one: too much alike to be ignored, too little to be linked. They stay apart until a person has said what they are."
    >
      <Panel flush>
        <Loaded query={query}>
          {({ reviews, nextCursor }) => (
            <>
              <DataTable
                label="Match reviews"
                columns={reviewColumns}
                rows={reviews}
                rowKey={({ evidence }) => evidence.records.join('.')}
                empty={emptyView(nextCursor !== null, filter.cursor !== undefined)}
              />
              <Pager cursor={filter.cursor} nextCursor={nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function emptyView(goesOn: boolean, isLater: boolean) {
  // The hub looks at so many customers for a page, and most are like no other.
  if (goesOn) return { title: 'None among the customers looked at so far', advice: 'Go on with the next page.' };
  if (isLater) return { title: 'No further match reviews', advice: 'Go back to the first page.' };
  return {
    title: 'No match waits for a review',
    advice:
      'When two customers look alike, but not so much that the hub may link them by itself, they are listed here.',
  };
}
