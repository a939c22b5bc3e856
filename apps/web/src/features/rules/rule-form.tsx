import type { RuleSubjectList } from '@cinch/api-contract';
import { Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { systemsQuery } from '../../api/systems.ts';
import { ruleSubjectsQuery, useNames } from './queries.ts';
import { withRule } from './rule-edit.ts';
import { RuleFields } from './rule-fields.tsx';
import classes from './rule-form.module.css';
import type { Rule, RuleDocument } from './rule-shape.ts';
import { ruleInFull } from './rule-words.ts';

type Subject = RuleSubjectList['subjects'][number];

interface Props {
  document: RuleDocument;
  /** What the draft is compared with. */
  published: RuleDocument;
  onChange: (document: RuleDocument) => void;
  readOnly: boolean;
}

/** The rule document as a list of attributes, one of them open at a time. */
export function RuleForm({ document, published, onChange, readOnly }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const names = useNames();
  const subjects = useQuery(ruleSubjectsQuery).data ?? [];
  const systems = (useQuery(systemsQuery).data ?? []).map(({ code }) => code);
  const attributes = subjects.filter(({ kind }) => kind === 'value').map(({ attribute }) => attribute);
  const all: Subject = {
    attribute: 'all',
    label: 'All others',
    kind: 'value',
    // Only what fits everything that has no rule of its own may be chosen for it.
    strategies: fittingAll(subjects.filter(({ kind }) => kind === 'value')) ?? [document.default.strategy],
  };
  return (
    <ul className={classes.rows} aria-label="Rules of the draft">
      {[...subjects, all].map((subject) => {
        const own = ownRule(document, subject);
        const words = own ? ruleInFull(own, names) : 'As all others';
        const was = ownRule(published, subject);
        const isOpen = open === subject.attribute;
        return (
          <li key={subject.attribute}>
            <div className={classes.head}>
              <Text fw={600} size="sm">
                {subject.label}
              </Text>
              <Group gap="xs">
                <Text size="sm">{words}</Text>
                {words !== (was ? ruleInFull(was, names) : 'As all others') && <Badge color="amber">changed</Badge>}
              </Group>
              {!readOnly && (
                <Button
                  variant="default"
                  size="xs"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : subject.attribute)}
                >
                  {isOpen ? 'Done' : 'Change'}
                  <VisuallyHidden>
                    {isOpen ? ` with the rule of ${subject.label}` : ` the rule of ${subject.label}`}
                  </VisuallyHidden>
                </Button>
              )}
            </div>
            {isOpen && (
              <div>
                <RuleFields
                  rule={own ?? document.default}
                  subject={subject}
                  systems={systems}
                  attributes={attributes.filter((id) => id !== subject.attribute)}
                  names={names}
                  onChange={(rule) => onChange(withRule(document, subject.attribute, rule))}
                />
                {own && subject.kind === 'value' && subject.attribute !== 'all' && (
                  <Button
                    variant="subtle"
                    size="xs"
                    onClick={() => onChange(withRule(document, subject.attribute, null))}
                  >
                    Go as all others do
                  </Button>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Null where there is no subject. */
function fittingAll(subjects: readonly Subject[]): Subject['strategies'] | null {
  const [first, ...rest] = subjects;
  if (!first) return null;
  return first.strategies.filter((strategy) => rest.every(({ strategies }) => strategies.includes(strategy)));
}

function ownRule(document: RuleDocument, { attribute }: Subject): Rule | undefined {
  return attribute === 'all' ? document.default : document.attributes[attribute];
}
