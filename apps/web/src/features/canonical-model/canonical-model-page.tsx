import type { PublishedCanonicalModel, ShapeList } from '@cinch/api-contract';
import { Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { canonicalModelQuery, shapesQuery } from '../../api/canonical-model.ts';
import { useMay } from '../../api/may.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { useDraft } from '../../components/versions/use-draft.ts';
import { VersionDifference } from '../../components/versions/version-difference.tsx';
import { VersionList } from '../../components/versions/version-list.tsx';
import { CodeSetTable } from './code-sets.tsx';
import { EntryTable } from './entry-table.tsx';
import { backTo } from './model-edit.ts';
import { canonicalModel } from '../../api/canonical-model-shape.ts';
import { ModelStudio } from './model-studio.tsx';
import { modelDifferences } from './model-words.ts';
import { canonicalModelVersionQuery, canonicalModelVersionsQuery, foreseeModel, modelTabs } from './queries.ts';

const route = getRouteApi('/signed-in/canonical-model');

export function CanonicalModelPage() {
  const [model, shapes] = [useQuery(canonicalModelQuery), useQuery(shapesQuery)];
  return (
    <PageFrame
      title="Canonical model"
      lead="What the hub may know of a customer. An attribute that is added here can be mapped, pushed, shown and pinned at once; one that is retired says nothing until it is brought back."
    >
      <Loaded query={model}>
        {(latest) => <Loaded query={shapes}>{(known) => <Model latest={latest} shapes={known} />}</Loaded>}
      </Loaded>
    </PageFrame>
  );
}

type Tab = (typeof modelTabs)[number];
const tabNames: Record<Tab, string> = { now: 'In force', draft: 'Draft', versions: 'Versions' };

interface Props {
  latest: PublishedCanonicalModel;
  shapes: ShapeList;
}

function Model({ latest, shapes }: Props) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = useDraft({
    of: 'canonicalModel',
    version: latest.version,
    latest: latest.document,
    schema: canonicalModel,
    foresee: foreseeModel,
  });
  const open = (next: Tab) => void navigate({ search: (before) => ({ ...before, tab: next }) });
  return (
    <>
      <Group gap="md">
        <SegmentedControl
          aria-label="What is shown of the canonical model"
          value={tab}
          data={modelTabs.map((value) => ({ value, label: tabNames[value] }))}
          onChange={(value) => open(modelTabs.find((one) => one === value) ?? 'now')}
        />
        {draft.isChanged && tab !== 'draft' && <Text size="sm">There is a draft that is not published yet.</Text>}
      </Group>
      {tab === 'now' && (
        <>
          <EntryTable model={draft.published} shapes={shapes} aside={<Published {...latest} />} />
          <CodeSetTable model={draft.published} shapes={shapes} />
        </>
      )}
      {tab === 'draft' && <ModelStudio latest={latest} shapes={shapes} draft={draft} />}
      {tab === 'versions' && (
        <Versions
          latest={latest}
          shapes={shapes}
          onTake={(document) => {
            draft.takeAndForesee(document);
            open('draft');
          }}
        />
      )}
    </>
  );
}

function Published({ version, publishedAt, publishedBy, reason }: PublishedCanonicalModel) {
  if (publishedAt === null) return <>The one that ships with the hub</>;
  return (
    <>
      Version {version}, <Time at={publishedAt} /> by {publishedBy}: {reason}
    </>
  );
}

interface VersionsProps extends Props {
  onTake: (document: unknown) => void;
}

function Versions(props: VersionsProps) {
  const { version } = route.useSearch();
  const versions = useQuery(canonicalModelVersionsQuery);
  return (
    <>
      <Loaded query={versions}>{(list) => <VersionList of="canonical model" versions={list} shown={version} />}</Loaded>
      {version !== undefined && version !== props.latest.version && <Beside version={version} {...props} />}
    </>
  );
}

function Beside({ version, latest, shapes, onTake }: VersionsProps & { version: number }) {
  const query = useQuery(canonicalModelVersionQuery(version));
  const mayPreview = useMay('POST /api/v1/canonical-model/preview');
  const now = canonicalModel.parse(latest.document);
  return (
    <Loaded query={query}>
      {({ document }) => {
        const back = backTo(canonicalModel.parse(document), now);
        return (
          <VersionDifference
            version={version}
            beside={latest.version}
            differences={modelDifferences(now, back, shapes)}
            note="What was added since stays declared, and is retired on the way back."
            onTake={mayPreview ? () => onTake(back) : null}
          />
        );
      }}
    </Loaded>
  );
}
