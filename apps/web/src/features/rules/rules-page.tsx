import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { rulesQuery } from './queries.ts';
import { RulesStudio } from './rules-studio.tsx';
import { RulesTable } from './rules-table.tsx';

export function RulesPage() {
  const query = useQuery(rulesQuery);
  return (
    <PageFrame
      title="Rules"
      lead="By which value survives where systems say different things, attribute by attribute. Other rules are looked at on today’s customers before they are published."
    >
      <Loaded query={query}>
        {(rules) => (
          <>
            <RulesTable
              document={rules.document}
              aside={
                rules.publishedAt === null ? (
                  'Those that ship with the hub'
                ) : (
                  <>
                    Version {rules.version}, <Time at={rules.publishedAt} /> by {rules.publishedBy}: {rules.reason}
                  </>
                )
              }
            />
            <RulesStudio rules={rules} />
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}
