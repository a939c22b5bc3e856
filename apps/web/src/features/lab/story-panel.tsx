import type { Note, Show, Story } from '@cinch/lab';
import { Alert, Group, Progress, Stack, Text } from '@mantine/core';
import { useEffect, type CSSProperties } from 'react';
import { Panel } from '../../components/panel.tsx';
import type { Picked } from './lab-page.tsx';
import classes from './lab.module.css';
import { useLabWork } from './use-lab-work.ts';

interface Props {
  show: Show;
  names: readonly [string, string];
  picked: Picked;
}

/** How one value came to differ: what was meant, sent and understood, and by which line of which mapping. */
export function StoryPanel({ show, names, picked }: Props) {
  const { result, asked, isBusy, progress, failure, start } = useLabWork('story');
  useEffect(() => {
    start({ kind: 'story', input: show.input, arm: picked.arm.id, cell: picked.cell, day: picked.day });
  }, [show, picked, start]);
  const { cell, arm } = picked;
  const label = show.attributes.find(({ id }) => id === cell.attribute)!.label;
  return (
    <Panel
      title={`The story of a value: ${label} of customer ${cell.customer + 1} in ${names[cell.side]}, ${arm.label}`}
    >
      {failure && (
        <Alert color="red" role="alert">
          {failure}
        </Alert>
      )}
      {isBusy && <Progress value={100 * progress} animated aria-label="The play is played again" />}
      {result && asked?.kind === 'story' && asked.cell === picked.cell && <Told story={result.story} names={names} />}
    </Panel>
  );
}

function Told({ story, names }: { story: Story; names: readonly [string, string] }) {
  return (
    <Stack>
      <Group gap="xl" align="flex-start">
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            Should hold
          </Text>
          <span className={classes.code}>{text(story.due)}</span>
        </Stack>
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            Holds
          </Text>
          <span className={classes.code}>{text(story.held)}</span>
        </Stack>
      </Group>
      <ol className={classes.story} aria-label="What happened">
        {onceEach(story.notes).map(({ note, more, last }, index) => (
          <li key={index} style={{ '--step': stepColours[note.kind] } as CSSProperties}>
            <Text size="sm" c="dimmed">
              Day {dayText(note.at)}
            </Text>
            <div>
              <Text size="sm">
                {sentence(note, names)}
                {more > 0 && `, and ${more === 1 ? 'once' : `${more} times`} more, last on day ${dayText(last)}`}
              </Text>
              <span className={classes.code}>
                {note.attribute !== null && text(note.what)}
                {note.became !== undefined && ` → ${text(note.became)}`}
              </span>
            </div>
          </li>
        ))}
      </ol>
      {[story.read, story.written].map(
        (line, index) =>
          line && (
            <Stack gap={2} key={line.system}>
              <Text size="sm" fw={600}>
                {index === 0 ? 'Read by' : 'Written by'} line {line.line} of the mapping of {line.system}
              </Text>
              <span className={classes.code}>{JSON.stringify(line.entry)}</span>
            </Stack>
          ),
      )}
    </Stack>
  );
}

function dayText(at: number): string {
  return (at / 86_400_000).toFixed(2);
}

/** The same step with the same words is told once, with how often it came. */
function onceEach(notes: readonly Note[]): { note: Note; more: number; last: number }[] {
  const told = new Map<string, { note: Note; more: number; last: number }>();
  for (const note of notes) {
    const words = JSON.stringify([note.kind, note.side, note.what, note.became]);
    const before = told.get(words);
    if (before) Object.assign(before, { more: before.more + 1, last: note.at });
    else told.set(words, { note, more: 0, last: note.at });
  }
  return [...told.values()];
}

function sentence({ kind, side, attribute, what }: Note, names: readonly [string, string]): string {
  const who = side === null ? 'the hub' : names[side];
  switch (kind) {
    case 'meant':
      return attribute === null ? `Somebody ${acts[String(what)] ?? 'acted'} in ${who}` : `Somebody meant, in ${who}`;
    case 'refused':
      return `${who} could not take it, and said so`;
    case 'sent':
      return `Was sent to ${who}`;
    case 'untold':
      return `Nobody told ${who}`;
    case 'lost':
      return `Never reached ${who}`;
    case 'missed':
      return `${who} was down or did not answer, and missed`;
    case 'filed':
      return `The hub heard ${who} say, and understood`;
    case 'understood':
      return `${who} understood, and wrote`;
    case 'ignored':
      return `${who} could make nothing of`;
    case 'refreshed':
      return `A complete refresh wrote in ${who}`;
    case 'answered':
      return 'A steward asked the customer, and chose';
  }
}

const stepColours: Record<Note['kind'], string> = {
  meant: 'var(--mantine-color-lagoon-6)',
  refused: 'var(--mantine-color-amber-5)',
  sent: 'var(--mantine-color-slate-4)',
  untold: 'var(--mantine-color-red-7)',
  lost: 'var(--mantine-color-red-7)',
  missed: 'var(--mantine-color-red-7)',
  filed: 'var(--mantine-color-slate-4)',
  understood: 'var(--mantine-color-amber-5)',
  ignored: 'var(--mantine-color-red-7)',
  refreshed: 'var(--mantine-color-leaf-6)',
  answered: 'var(--mantine-color-leaf-6)',
};

/** What is meant of the customer as a whole. */
const acts: Readonly<Record<string, string>> = {
  create: 'entered the customer',
  delete: 'ended the record',
  merge: 'merged the record into another one',
};

/** Places and members by name, as `city: ALBANY`; a value alone by itself. */
function text(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.map(text).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, content]) => `${name}: ${text(content)}`)
    .join(' · ');
}
