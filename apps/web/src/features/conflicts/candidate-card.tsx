import type { Candidate } from '@cinch/api-contract';
import { Badge, Group, Kbd } from '@mantine/core';
import type { ReactNode } from 'react';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import classes from './candidate-card.module.css';
import { differingPart } from './differing-part.ts';

export function CandidateGrid({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}

/** To be chosen: the whole card is the label of its radio button. */
export function CandidateOption({
  candidate,
  picked,
  onPick,
}: {
  candidate: Candidate;
  picked: boolean;
  onPick: () => void;
}) {
  return (
    <label className={classes.card} data-picked={picked}>
      <input
        type="radio"
        name="candidate"
        className={classes.radio}
        value={candidate.assertionId}
        checked={picked}
        onChange={onPick}
      />
      <CandidateFacts candidate={candidate}>
        {candidate.provisional && (
          <Badge title="Shown in the golden record meanwhile: the rule would take it">provisional</Badge>
        )}
      </CandidateFacts>
    </label>
  );
}

/** To be chosen by a click or its key, at once. */
export function CandidateKey(props: {
  candidate: Candidate;
  place: string;
  /** The value beside it: letters that differ from it are marked. */
  other: string | undefined;
  onChoose: () => void;
}) {
  const { candidate, place, other, onChoose } = props;
  return (
    <button type="button" className={classes.card} onClick={onChoose}>
      <CandidateFacts candidate={candidate} other={other}>
        <Group gap="xs">
          {candidate.provisional && <Badge>provisional</Badge>}
          <Kbd>{place}</Kbd>
        </Group>
      </CandidateFacts>
    </button>
  );
}

/** Only to be looked at, once the conflict is closed. */
export function CandidateShown({ candidate, chosen }: { candidate: Candidate; chosen: boolean }) {
  return (
    <div className={classes.card} data-picked={chosen} data-shown>
      <CandidateFacts candidate={candidate}>{chosen && <Badge color="leaf">chosen</Badge>}</CandidateFacts>
    </div>
  );
}

function CandidateFacts(props: { candidate: Candidate; other?: string | undefined; children: ReactNode }) {
  const { candidate, other, children } = props;
  return (
    <span className={classes.facts}>
      <Group component="span" justify="space-between" gap="xs" mih={22}>
        <SystemName code={candidate.system} name={candidate.systemName} />
        {children}
      </Group>
      <span className={classes.value}>
        <Value display={candidate.display} other={other} />
      </span>
      <span className={classes.origin}>
        {candidate.sourceId && <span>{candidate.sourceId}</span>}
        <span>
          {candidate.at !== null && 'changed '}
          <Time at={candidate.at} seconds />
        </span>
      </span>
    </span>
  );
}

function Value({ display, other }: { display: string; other: string | undefined }) {
  if (display === '') return 'Cleared';
  if (!other) return display;
  const [before, differing, after] = differingPart(display, other);
  return (
    <>
      {before}
      {differing && <mark className={classes.differing}>{differing}</mark>}
      {after}
    </>
  );
}
