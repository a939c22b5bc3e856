import type { MatchPicture, PublishedMatchModel } from '@cinch/api-contract';
import { Stack, Switch, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import type { MatchDraft } from './queries.ts';
import { ThresholdFields } from './threshold-fields.tsx';
import { WeightScale } from './weight-scale.tsx';

const route = getRouteApi('/signed-in/matching');

/** The two lines, and what lies on either side of them. */
export function ScalePanel({
  latest,
  picture,
  draft,
}: {
  latest: PublishedMatchModel;
  picture: MatchPicture;
  draft: MatchDraft;
}) {
  const { as } = route.useSearch();
  const navigate = route.useNavigate();
  const mayPreview = useMay('POST /api/v1/rules/matching/preview');
  const { weights, records, countedAt } = picture;
  const { link, review } = draft.published.thresholds;
  const model = draft.model ?? draft.published;
  const isMoved = model.thresholds.link !== link || model.thresholds.review !== review;
  return (
    <Panel
      title="Where pairs of records lie"
      aside={
        <Text size="sm" c="dimmed">
          {latest.publishedAt === null ? (
            'The model that ships with the hub'
          ) : (
            <>
              Version {latest.version}, <Time at={latest.publishedAt} /> by {latest.publishedBy}: {latest.reason}
            </>
          )}
        </Text>
      }
    >
      <Stack>
        <WeightScale
          weights={weights}
          thresholds={{ link, review }}
          draft={isMoved ? model.thresholds : null}
          asTable={as === 'tables'}
        />
        <Text size="sm" c="dimmed">
          {weights.share < 1
            ? `Reckoned from ${(100 * weights.share).toPrecision(2)} % of the pairs`
            : 'All pairs that reach the line from which a person is asked'}
          , among {records.toLocaleString('en')} records, as counted <Time at={countedAt} />. Pairs that weigh less are
          not kept.
        </Text>
        {mayPreview && draft.model && (
          <ThresholdFields
            thresholds={draft.model.thresholds}
            onChange={(thresholds) => draft.change({ ...draft.model!, thresholds })}
          />
        )}
        <Switch
          label="Show the scale as a table"
          checked={as === 'tables'}
          onChange={({ currentTarget }) =>
            void navigate({
              search: (before) => ({ ...before, as: currentTarget.checked ? 'tables' : undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </Stack>
    </Panel>
  );
}
