import type { MatchPair } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { bitsInWords, linesInWords } from '../../texts.ts';
import classes from './evidence-table.module.css';
import { scaleOf, stepsOf, type Scale, type Step } from './waterfall.ts';

interface Props {
  evidence: NonNullable<MatchPair['evidence']>;
  thresholds: MatchPair['thresholds'];
}

/** The waterfall from nothing to the score. The figures beside it tell the same to those who do not see it. */
export function EvidenceTable({ evidence, thresholds }: Props) {
  const steps = stepsOf(evidence);
  const scale = scaleOf(steps, [thresholds.link, thresholds.review]);
  const lines = linesInWords(thresholds);
  return (
    <>
      <DataTable
        label="Evidence, and how it adds up to the score"
        columns={columns(scale, thresholds)}
        rows={steps}
        rowKey={({ label }) => label}
        empty={{ title: 'Nothing could be compared' }}
      />
      <ul className={classes.legend} aria-label="How to read the bars">
        <li>
          <span className={classes.key} data-for aria-hidden /> speaks for one customer
        </li>
        <li>
          <span className={classes.key} aria-hidden /> speaks against it
        </li>
        <li>
          <span className={classes.key} data-mark="review" aria-hidden /> {lines.review}
        </li>
        <li>
          <span className={classes.key} data-mark="link" aria-hidden /> {lines.link}
        </li>
        <li>Each bit doubles the odds.</li>
      </ul>
    </>
  );
}

function columns(scale: Scale, thresholds: MatchPair['thresholds']): Column<Step>[] {
  return [
    {
      header: 'Evidence',
      width: '30%',
      cell: ({ label, isSum }) => (
        <Text span inherit fw={isSum ? 700 : undefined}>
          {label}
        </Text>
      ),
    },
    {
      header: 'Against ← → for',
      cell: (step) => <Bar step={step} scale={scale} thresholds={thresholds} />,
    },
    {
      header: 'Bits',
      figure: true,
      width: '7rem',
      cell: ({ bits, isSum }) => (
        <Text span inherit fw={isSum ? 700 : undefined}>
          {bitsInWords(bits)}
        </Text>
      ),
    },
    { header: 'Sum so far', figure: true, width: '7rem', cell: ({ to, isSum }) => (isSum ? '' : bitsInWords(to)) },
  ];
}

function Bar({ step, scale, thresholds }: { step: Step; scale: Scale; thresholds: MatchPair['thresholds'] }) {
  const { from, to, isSum } = step;
  const left = scale.at(Math.min(from, to));
  return (
    <div className={classes.track} aria-hidden>
      <span className={classes.mark} style={{ left: `${scale.at(0)}%` }} />
      <span className={classes.mark} data-mark="review" style={{ left: `${scale.at(thresholds.review)}%` }} />
      <span className={classes.mark} data-mark="link" style={{ left: `${scale.at(thresholds.link)}%` }} />
      <span
        className={classes.bar}
        data-for={to >= from}
        data-sum={isSum}
        style={{ left: `${left}%`, width: `${scale.at(Math.max(from, to)) - left}%` }}
      />
    </div>
  );
}
