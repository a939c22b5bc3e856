import type { RuleSubjectList } from '@cinch/api-contract';
import { Checkbox, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { sentenceCase, strategyName, strategyMeans } from '../../texts.ts';
import { OrderField } from './order-field.tsx';
import { asJsonOnly, mayAsk, mayDecideApart, needsOf, phases, withStrategy } from './rule-edit.ts';
import classes from './rule-form.module.css';
import type { Rule } from './rule-shape.ts';
import type { Names } from './rule-words.ts';

export interface FieldsProps {
  rule: Rule;
  subject: RuleSubjectList['subjects'][number];
  systems: readonly string[];
  /** Attributes that another may follow. */
  attributes: readonly string[];
  names: Names;
  onChange: (rule: Rule) => void;
}

/** One rule as fields: its strategy, what completes that, and when a person is asked. */
export function RuleFields(props: FieldsProps) {
  const { rule, subject, systems, attributes, onChange } = props;
  const { strategy } = rule;
  const offered = subject.strategies.filter((one) => !asJsonOnly.has(one) || one === strategy);
  return (
    <div className={classes.form}>
      <NativeSelect
        label="Which value survives"
        description={strategyMeans(strategy)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={strategy}
        data={offered.map((one) => ({ value: one, label: strategyName(one) }))}
        onChange={({ currentTarget: { value } }) => onChange(withStrategy(rule, value, { systems, attributes }))}
      />
      <Completion {...props} />
      <Stack gap="xs">
        {mayAsk(strategy, subject.kind) && (
          <Checkbox
            label="Ask a person whenever values differ"
            checked={rule.ask === true}
            onChange={({ currentTarget: { checked } }) => onChange(without(rule, 'ask', checked ? { ask: true } : {}))}
          />
        )}
        {mayDecideApart(strategy) && subject.kind === 'value' && (
          <Checkbox
            label="Also decide changes that were made apart"
            description="Otherwise two systems that changed it without having seen each other open a conflict."
            checked={rule.concurrent === 'decide'}
            onChange={({ currentTarget: { checked } }) =>
              onChange(without(rule, 'concurrent', checked ? { concurrent: 'decide' } : {}))
            }
          />
        )}
        {rule.valid && (
          <Text size="sm" c="dimmed">
            Which values are valid at all is written as JSON.
          </Text>
        )}
      </Stack>
    </div>
  );
}

function without(rule: Rule, member: string, more: Partial<Rule>): Rule {
  const { [member]: _, ...rest } = rule;
  return { ...rest, ...more } as Rule;
}

function Completion({ rule, systems, attributes, names, onChange }: FieldsProps) {
  const options = systems.map((code) => ({ value: code, label: names.system(code) }));
  switch (needsOf(rule.strategy)) {
    case 'system':
      return (
        <NativeSelect
          label="Owner"
          value={rule.system ?? ''}
          data={options}
          onChange={({ currentTarget: { value } }) => onChange({ ...rule, system: value })}
        />
      );
    case 'owner':
      return (
        <NativeSelect
          label="Owner"
          description="Only the owner’s records count; what others change is a request to it."
          value={rule.owner ?? ''}
          data={[{ value: '', label: 'None: all systems share it' }, ...options]}
          onChange={({ currentTarget: { value } }) =>
            onChange(without(rule, 'owner', value === '' ? {} : { owner: value }))
          }
        />
      );
    case 'order':
      return (
        <OrderField
          order={(rule.order ?? []).map(String)}
          systems={systems}
          nameOf={names.system}
          onChange={(order) => onChange({ ...rule, order })}
        />
      );
    case 'owners':
      return (
        <Stack gap="xs">
          {phases.map((phase) => (
            <NativeSelect
              key={phase}
              label={`Owner while ${phase}`}
              value={rule.owners?.[phase] ?? ''}
              data={[...(rule.owners?.[phase] === undefined ? [{ value: '', label: 'None' }] : []), ...options]}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...rule, owners: { ...rule.owners, [phase]: value } })
              }
            />
          ))}
        </Stack>
      );
    case 'attribute':
      return (
        <NativeSelect
          label="Attribute that it follows"
          value={rule.attribute ?? ''}
          data={attributes.map((id) => ({ value: id, label: names.attribute(id) }))}
          onChange={({ currentTarget: { value } }) => onChange({ ...rule, attribute: value })}
        />
      );
    case 'systems':
      return <TrustFields rule={rule} names={names} onChange={onChange} />;
    case null:
      return null;
  }
}

const trustFields = ['initial', 'floor', 'decayDays'] as const;
const trustLabels = { initial: 'at first', floor: 'at least', decayDays: 'days to fall' };

function TrustFields({ rule, names, onChange }: Pick<FieldsProps, 'rule' | 'names' | 'onChange'>) {
  return (
    <Stack gap="xs">
      {Object.entries(rule.systems ?? {}).map(([code, trust]) => (
        <Group key={code} gap="xs" wrap="nowrap">
          {trustFields.map((of) => (
            <NumberInput
              key={of}
              label={sentenceCase(`${names.system(code)} ${trustLabels[of]}`)}
              min={of === 'decayDays' ? 1 : 0}
              max={of === 'decayDays' ? 36_500 : 100}
              value={trust[of]}
              onChange={(value) => {
                if (typeof value === 'number')
                  onChange({ ...rule, systems: { ...rule.systems, [code]: { ...trust, [of]: value } } });
              }}
            />
          ))}
        </Group>
      ))}
    </Stack>
  );
}
