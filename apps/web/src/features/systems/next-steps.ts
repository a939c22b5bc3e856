import type { System } from '@cinch/api-contract';

export interface Step {
  title: string;
  /** What to do, in a sentence. */
  advice: string;
  done: boolean;
  /** Where it is done. */
  at: 'mapping' | 'keys' | 'refreshes' | 'state' | null;
}

/** What leads a system from its registration to its first refresh, in order, as docs/add-a-system.md walks it. */
export function stepsOf(system: System): Step[] {
  const { keys, mappingVersion, records, adapterUrl, lastRun, outbound } = system;
  const steps: Step[] = [
    {
      title: 'Make a key',
      advice: 'The system calls the hub by it. It is shown once.',
      done: keys > 0,
      at: 'keys',
    },
    {
      title: 'Publish a mapping',
      advice: 'It says what each field of the system’s records means. Check it on samples first.',
      done: mappingVersion !== null,
      at: 'mapping',
    },
    {
      title: 'Push its records',
      advice: `Send them with the key: cinch push FILE --system ${system.code} --load. Nothing goes back to the system.`,
      done: records > 0,
      at: null,
    },
  ];
  if (adapterUrl === null) return steps;
  return [
    ...steps,
    {
      title: 'Plan a refresh',
      advice: 'The hub lists the system and shows what it would write. Nothing is sent yet.',
      done: lastRun !== null || outbound === 'armed',
      at: 'refreshes',
    },
    {
      title: 'Arm it',
      advice: 'Once you have looked at the plan: from then on a refresh may write to the system.',
      done: outbound === 'armed',
      at: 'state',
    },
  ];
}
