import type { MatchFieldList, MatchPicture, PublishedMatchModel } from '@cinch/api-contract';
import { Alert, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../api/may.ts';
import { jsonText } from '../../components/json-text.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { useDraft } from '../../components/versions/use-draft.ts';
import { VersionList } from '../../components/versions/version-list.tsx';
import { FieldWeights } from './field-weights.tsx';
import { FrequencyPanel } from './frequency-panel.tsx';
import { KeyPanel } from './key-panel.tsx';
import { ModelBeside } from './model-beside.tsx';
import { ModelStudio } from './model-studio.tsx';
import { matchModel, type Kind, type MatchModel } from './model-shape.ts';
import { MovedPanel } from './moved-panel.tsx';
import { NobodyTwicePanel } from './nobody-twice-panel.tsx';
import {
  fieldsQuery,
  foreseeMatches,
  matchingTabs,
  modelQuery,
  modelVersionsQuery,
  pictureQuery,
  useProgress,
} from './queries.ts';
import { ScalePanel } from './scale-panel.tsx';
import { SharedPanel } from './shared-panel.tsx';
import { TrainingPanel } from './training-panel.tsx';
import { WorkBar } from './work-bar.tsx';

const route = getRouteApi('/signed-in/matching');

export function MatchingPage() {
  const [model, fields, picture] = [useQuery(modelQuery), useQuery(fieldsQuery), useQuery(pictureQuery)];
  return (
    <PageFrame
      title="Match model"
      lead="How the hub tells which records are one customer. Each agreement and disagreement weighs so many bits, the weights are added up, and a bit more doubles the odds."
    >
      <Loaded query={model}>
        {(latest) => (
          <Loaded query={fields}>
            {(known) => (
              <Loaded query={picture}>{(seen) => <Model latest={latest} fields={known} picture={seen} />}</Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </PageFrame>
  );
}

interface Props {
  latest: PublishedMatchModel;
  fields: MatchFieldList;
  picture: MatchPicture;
}

const tabNames: Record<(typeof matchingTabs)[number], string> = {
  scale: 'Scale and draft',
  weights: 'Weights',
  common: 'What is common',
  keys: 'Who is compared',
  versions: 'Versions',
};

function Model({ latest, fields, picture }: Props) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = useDraft({
    of: 'matching',
    version: latest.version,
    latest: latest.document,
    schema: matchModel,
    foresee: foreseeMatches,
  });
  const isWaiting = latest.publishedAt !== null && latest.appliedAt === null;
  const progress = useProgress(isWaiting);
  const applying = progress?.works.find(({ work }) => work === 'apply');
  const model = draft.model ?? draft.published;
  const open = (next: (typeof matchingTabs)[number]) =>
    void navigate({ search: (before) => ({ ...before, tab: next }) });
  return (
    <>
      {isWaiting && (
        <Alert color="amber" title={`Version ${latest.version} is being applied`} role="status">
          All records are matched again, in one piece: until that is done customers stand as they did, and what arrives
          meanwhile waits.
          {applying && <WorkBar work={applying} />}
        </Alert>
      )}
      <Group gap="md">
        <SegmentedControl
          aria-label="What is shown of the match model"
          value={tab}
          data={matchingTabs.map((value) => ({ value, label: tabNames[value] }))}
          onChange={(value) => open(matchingTabs.find((one) => one === value) ?? 'scale')}
        />
        {draft.isChanged && tab !== 'scale' && <Text size="sm">Your draft is shown. It is not published yet.</Text>}
      </Group>
      {tab === 'scale' && (
        <>
          <ScalePanel latest={latest} picture={picture} draft={draft} />
          <ModelStudio latest={latest} fields={fields} draft={draft} />
        </>
      )}
      {tab === 'weights' && (
        <>
          <TrainingPanel
            progress={progress}
            onTrained={(document) => draft.setText(jsonText(document))}
            onLook={() => open('scale')}
          />
          <Weights model={model} fields={fields} />
        </>
      )}
      {tab === 'common' && (
        <>
          <SharedPanel model={model} />
          <FrequencyPanel
            model={model}
            progress={progress}
            onCounted={(document) => {
              draft.setText(jsonText(document));
              open('scale');
            }}
          />
        </>
      )}
      {tab === 'keys' && (
        <>
          <KeyPanel model={model} picture={picture} />
          <NobodyTwicePanel
            duplicateFree={model.duplicateFree ?? []}
            onChange={(duplicateFree) => draft.change({ ...model, duplicateFree })}
          />
        </>
      )}
      {tab === 'versions' && (
        <Versions
          latest={latest}
          fields={fields}
          onTake={(document) => {
            draft.takeAndForesee(document);
            open('scale');
          }}
        />
      )}
    </>
  );
}

function Weights({ model, fields }: { model: MatchModel; fields: MatchFieldList }) {
  const { kind = 'person' } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (next: Kind) =>
    void navigate({ search: (before) => ({ ...before, kind: next }), replace: true, resetScroll: false });
  return <FieldWeights model={model} fields={fields} kind={kind} onKind={choose} />;
}

function Versions({ onTake, ...of }: Pick<Props, 'latest' | 'fields'> & { onTake: (document: unknown) => void }) {
  const { version } = route.useSearch();
  const versions = useQuery(modelVersionsQuery);
  const mayOversee = useMay('GET /api/v1/moved-records');
  return (
    <>
      <Loaded query={versions}>{(list) => <VersionList of="match model" versions={list} shown={version} />}</Loaded>
      {mayOversee && <MovedPanel />}
      {version !== undefined && version !== of.latest.version && (
        <ModelBeside version={version} {...of} onTake={onTake} />
      )}
    </>
  );
}
