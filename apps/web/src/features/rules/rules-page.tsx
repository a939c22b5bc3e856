import type { SurvivorshipRules } from '@cinch/api-contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { jsonText } from '../../components/json-text.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { VersionDifference } from '../versions/version-difference.tsx';
import { VersionList } from '../versions/version-list.tsx';
import { useMay } from '../session/may.ts';
import { rulesQuery, rulesVersionQuery, rulesVersionsQuery, useForesee, useNames } from './queries.ts';
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

function Rules({ rules }: { rules: SurvivorshipRules }) {
  const { version } = route.useSearch();
  const versions = useQuery(rulesVersionsQuery);
  const [text, setText] = useState(() => jsonText(rules.document));
  const preview = useForesee();
  const take = (document: unknown) => {
    setText(jsonText(document));
    preview.mutate(document);
    window.document.getElementById('rules-document')?.focus();
  };
  const aside =
    rules.publishedAt === null ? (
      'Those that ship with the hub'
    ) : (
      <>
        Version {rules.version}, <Time at={rules.publishedAt} /> by {rules.publishedBy}: {rules.reason}
      </>
    );
  return (
    <>
      <RulesTable document={rules.document} aside={aside} />
      <RulesStudio rules={rules} text={text} setText={setText} preview={preview} />
      <Loaded query={versions}>{(list) => <VersionList of="rules" versions={list} shown={version} />}</Loaded>
      {version !== undefined && version !== rules.version && <Beside version={version} rules={rules} onTake={take} />}
    </>
  );
}

interface BesideProps {
  version: number;
  rules: SurvivorshipRules;
  onTake: (document: unknown) => void;
}

function Beside({ version, rules, onTake }: BesideProps) {
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
