import type { SurvivorshipRules } from '@cinch/api-contract';
import { Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { useDraft } from '../../components/versions/use-draft.ts';
import { VersionDifference } from '../../components/versions/version-difference.tsx';
import { VersionList } from '../../components/versions/version-list.tsx';
import { foreseeRules, rulesQuery, rulesTabs, rulesVersionQuery, rulesVersionsQuery, useNames } from './queries.ts';
import { ruleDocument } from './rule-shape.ts';
import { ruleDifferences } from './rule-words.ts';
import { RulesStudio } from './rules-studio.tsx';
import { RulesTable } from './rules-table.tsx';

const route = getRouteApi('/signed-in/rules');

export function RulesPage() {
  const query = useQuery(rulesQuery);
  return (
    <PageFrame
      title="Rules"
      lead="By which value survives where systems say different things, attribute by attribute. Other rules are looked at on today’s customers before they are published."
    >
      <Loaded query={query}>{(rules) => <Rules rules={rules} />}</Loaded>
    </PageFrame>
  );
}

type Tab = (typeof rulesTabs)[number];
const tabNames: Record<Tab, string> = { now: 'In force', draft: 'Draft', versions: 'Versions' };

function Rules({ rules }: { rules: SurvivorshipRules }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = useDraft({
    of: 'survivorship',
    version: rules.version,
    latest: rules.document,
    schema: ruleDocument,
    foresee: foreseeRules,
  });
  const open = (next: Tab) => void navigate({ search: (before) => ({ ...before, tab: next }) });
  return (
    <>
      <Group gap="md">
        <SegmentedControl
          aria-label="What is shown of the rules"
          value={tab}
          data={rulesTabs.map((value) => ({ value, label: tabNames[value] }))}
          onChange={(value) => open(rulesTabs.find((one) => one === value) ?? 'now')}
        />
        {draft.isChanged && tab !== 'draft' && <Text size="sm">There is a draft that is not published yet.</Text>}
      </Group>
      {tab === 'now' && <RulesTable document={rules.document} aside={<Published rules={rules} />} />}
      {tab === 'draft' && <RulesStudio rules={rules} draft={draft} />}
      {tab === 'versions' && (
        <Versions
          rules={rules}
          onTake={(document) => {
            draft.takeAndForesee(document);
            open('draft');
          }}
        />
      )}
    </>
  );
}

function Published({ rules: { version, publishedAt, publishedBy, reason } }: { rules: SurvivorshipRules }) {
  if (publishedAt === null) return <>Those that ship with the hub</>;
  return (
    <>
      Version {version}, <Time at={publishedAt} /> by {publishedBy}: {reason}
    </>
  );
}

interface VersionsProps {
  rules: SurvivorshipRules;
  onTake: (document: unknown) => void;
}

function Versions({ rules, onTake }: VersionsProps) {
  const { version } = route.useSearch();
  const versions = useQuery(rulesVersionsQuery);
  return (
    <>
      <Loaded query={versions}>{(list) => <VersionList of="rules" versions={list} shown={version} />}</Loaded>
      {version !== undefined && version !== rules.version && <Beside version={version} rules={rules} onTake={onTake} />}
    </>
  );
}

function Beside({ version, rules, onTake }: VersionsProps & { version: number }) {
  const query = useQuery(rulesVersionQuery(version));
  const names = useNames();
  const mayPreview = useMay('POST /api/v1/rules/survivorship/preview');
  return (
    <Loaded query={query}>
      {({ document }) => (
        <VersionDifference
          version={version}
          beside={rules.version}
          differences={ruleDifferences(ruleDocument.parse(rules.document), ruleDocument.parse(document), names)}
          onTake={mayPreview ? () => onTake(document) : null}
        />
      )}
    </Loaded>
  );
}
