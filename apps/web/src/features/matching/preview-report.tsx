import type { MatchPreview } from '@cinch/api-contract';
import { Alert, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { bitsInWords, countOf } from '../../texts.ts';
import { RecordLink } from '../../components/record-link.tsx';
import { useSystemName } from '../../api/systems.ts';
import { isEstimate } from './estimate.ts';

type Shift = MatchPreview['shifts'][number];
type Sample = Shift['samples'][number];
type Side = Sample['records'][number];

const words: Record<Shift['shift'], { title: string; meaning: string }> = {
  joins: {
    title: 'Would become one customer',
    meaning: 'Two customers today; the pair would reach the line from which the hub links.',
  },
  parts: {
    title: 'Would part',
    meaning: 'One customer today; the pair would fall below that line, unless other records hold the two together.',
  },
  asks: { title: 'A person would be asked', meaning: 'Nobody is asked about them today.' },
  settles: { title: 'Nobody would be asked any more', meaning: 'A person is asked about them today.' },
};

/** What the model would make of the pairs of records as they are compared today. */
export function MatchPreviewReport({ preview }: { preview: MatchPreview }) {
  const { records, of, compared, otherKeys, shifts } = preview;
  const isSample = isEstimate(preview);
  const total = shifts.reduce((sum, { pairs }) => sum + pairs, 0);
  const about = isSample ? 'about ' : '';
  return (
    <Stack gap="sm" role="status">
      <Alert
        color={total === 0 ? 'leaf' : 'amber'}
        title={
          total === 0
            ? 'No pair of records would be judged otherwise'
            : `It would judge ${about}${countOf(total, 'pair')} of records otherwise`
        }
      >
        {isSample
          ? `Reckoned from a sample: ${countOf(records, 'record')} of ${of.toLocaleString('en')}, and the ${countOf(compared, 'pair')} they are compared in. The true figures lie near these, not on them.`
          : `All ${countOf(records, 'record')} were looked at, in the ${countOf(compared, 'pair')} they are compared in.`}{' '}
        What a steward has said of two records stands in any case.
        {otherKeys && ' The draft compares other pairs too, by its limits of keys: those are not in these figures.'}
      </Alert>
      {total > 0 && (
        <DataTable
          label="What would change"
          columns={countColumns(about)}
          rows={shifts}
          rowKey={({ shift }) => shift}
          empty={{ title: 'Nothing' }}
        />
      )}
      {shifts.some(({ samples }) => samples.length > 0) && <Samples shifts={shifts} />}
    </Stack>
  );
}

const countColumns = (about: string): Column<Shift>[] => [
  { header: 'Pairs that', width: '18rem', cell: ({ shift }) => words[shift].title },
  {
    header: 'Pairs',
    figure: true,
    width: '8rem',
    cell: ({ pairs }) => `${pairs > 0 ? about : ''}${pairs.toLocaleString('en')}`,
  },
  {
    header: 'Meaning',
    cell: ({ shift }) => (
      <Text span size="sm" c="dimmed">
        {words[shift].meaning}
      </Text>
    ),
  },
];

function Samples({ shifts }: { shifts: readonly Shift[] }) {
  const nameOf = useSystemName();
  const rows = shifts.flatMap(({ shift, samples }) => samples.map((sample) => ({ ...sample, shift })));
  return (
    <DataTable
      label="Some of the pairs"
      columns={sampleColumns(nameOf)}
      rows={rows}
      rowKey={({ records: [one, other] }) => `${one.recordId} ${other.recordId}`}
      groupOf={({ shift }) => words[shift].title}
      empty={{ title: 'None' }}
    />
  );
}

const sampleColumns = (nameOf: (code: string) => string): Column<Sample & Pick<Shift, 'shift'>>[] => [
  { header: 'Record', cell: ({ records: [one] }) => <Named side={one} nameOf={nameOf} /> },
  { header: 'And record', cell: ({ records: [, other] }) => <Named side={other} nameOf={nameOf} /> },
  {
    header: 'Bits: today → then',
    figure: true,
    cell: ({ before, after }) => `${bitsInWords(before)} → ${bitsInWords(after)}`,
  },
  {
    header: 'Evidence',
    cell: ({ records: [one, other] }) => (
      <TextLink
        to="/match-reviews/$one/$other"
        params={{
          one: String(Math.min(one.recordId, other.recordId)),
          other: String(Math.max(one.recordId, other.recordId)),
        }}
        underline="hover"
      >
        Look at the pair
      </TextLink>
    ),
  },
];

function Named({ side: { system, sourceId, customer }, nameOf }: { side: Side; nameOf: (code: string) => string }) {
  return (
    <>
      {customer && <div>{customer}</div>}
      <Text span size="sm" c="dimmed">
        {nameOf(system)} <RecordLink system={system} sourceId={sourceId} />
      </Text>
    </>
  );
}
