import type { RefreshItem } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { itemCodeInWords, kindInWords, outcomeInWords } from '../../texts.ts';
import classes from './item-columns.module.css';

const colours: Partial<Record<RefreshItem['kind'], string>> = {
  create: 'leaf',
  waiting: 'amber',
  'not-compared': 'amber',
  missing: 'amber',
  surplus: 'amber',
  withheld: 'amber',
  doubled: 'amber',
  held: 'amber',
  inexpressible: 'amber',
  parked: 'amber',
};

const changedInWords = 'changed since the plan was looked at';

export const itemColumns: readonly Column<RefreshItem>[] = [
  {
    header: 'Record',
    value: ({ customer, sourceId }) => [customer, sourceId].filter(Boolean).join(', '),
    width: '24%',
    cell: ({ customer, customerId, sourceId }) => (
      <>
        {customerId ? (
          <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
            {customer || customerId}
          </TextLink>
        ) : (
          customer
        )}
        <Text size="sm" c="dimmed">
          {sourceId ?? 'no record yet'}
        </Text>
      </>
    ),
  },
  {
    header: 'Kind',
    width: '9rem',
    value: ({ kind }) => kindInWords(kind),
    cell: ({ kind }) => <Badge color={colours[kind] ?? 'lagoon'}>{kindInWords(kind)}</Badge>,
  },
  {
    header: 'Field: from → to',
    width: '44%',
    value: ({ fields }) => fields.map(({ path, from, to }) => `${path}: ${asText(from)} → ${asText(to)}`).join('\n'),
    cell: ({ fields }) => <Fields fields={fields} />,
  },
  {
    header: 'Outcome',
    width: '22%',
    value: ({ outcome, code, changedSince }) =>
      [outcomeInWords(outcome), code && itemCodeInWords(code), changedSince && changedInWords]
        .filter(Boolean)
        .join(', '),
    cell: ({ outcome, code, changedSince, at }) => (
      <>
        {outcomeInWords(outcome)}
        {code && ` (${itemCodeInWords(code)})`}
        {changedSince && `, ${changedInWords}`}
        {outcome !== 'planned' && (
          <Text size="sm" c="dimmed">
            <Time at={at} />
          </Text>
        )}
      </>
    ),
  },
];

function Fields({ fields }: Pick<RefreshItem, 'fields'>) {
  if (fields.length === 0) return '–';
  return (
    <ul className={classes.fields}>
      {fields.map(({ path, from, to }) => (
        <li key={path}>
          <span className={classes.path}>{path}</span>
          <span>
            {from !== null && (
              <>
                <del>{asText(from)}</del> →{' '}
              </>
            )}
            <ins>{asText(to)}</ins>
          </span>
        </li>
      ))}
    </ul>
  );
}

function asText(value: RefreshItem['fields'][number]['to']): string {
  if (value === null || value === '') return 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
