import type { RefreshItem, RefreshRun } from '@cinch/api-contract';
import type { Command, Terminal } from './command.ts';
import { CommandError, type Hub } from './hub.ts';
import { until } from './wait.ts';

const itemsShown = 20;
const goesOn = new Set(['hear', 'plan', 'apply', 'verify']);

export const plan: Command = {
  usage: 'SYSTEM',
  summary: 'hear a system, and show what a refresh would change there; nothing is sent',
  words: [1, 1],
  async run(hub, { positionals: [system] }, terminal) {
    const started = { method: 'POST', json: { system, mode: 'plan' } } as const;
    const run = await stopped(hub, (await hub.json<RefreshRun>('/refreshes', started)).runId);
    // Asking for the items is what counts as having looked at the plan.
    const { items } = await hub.json<{ items: RefreshItem[] }>(`/refreshes/${run.runId}/items?limit=${itemsShown}`);
    tell(run, terminal);
    for (const item of items) terminal.say(`  ${inWords(item)}`);
    const { create, change } = run.counts;
    if (create + change > items.length) terminal.say(`  … the first ${items.length}`);
    tellHeld(run, terminal);
    return run.phase !== 'failed';
  },
};

export const apply: Command = {
  usage: 'RUN [--count N]',
  summary: 'apply the plan of a run that was looked at, until the system is proved equal',
  options: {
    count: { type: 'string', help: 'of a plan that the brake holds: the number of rows that you have read there' },
  },
  words: [1, 1],
  async run(hub, { positionals: [given], values }, terminal) {
    const runId = Number(given);
    if (!Number.isSafeInteger(runId))
      throw new CommandError(`"${given}" is no number of a run: \`cinch plan SYSTEM\` tells it.`);
    const { planHash, phase } = await hub.json<RefreshRun>(`/refreshes/${runId}`);
    if (planHash === null || phase !== 'planned') {
      throw new CommandError(
        `Run ${runId} is in phase ${phase} and has no plan that waits: make one with \`cinch plan SYSTEM\`.`,
      );
    }
    const count = values['count'] === undefined ? {} : { count: Number(values['count']) };
    await hub.call(`/refreshes/${runId}/apply`, { method: 'POST', json: { planHash, ...count } });
    const run = await stopped(hub, runId);
    tell(run, terminal);
    tellHeld(run, terminal);
    return run.phase === 'closed' && run.counts.failed === 0;
  },
};

function tellHeld({ runId, phase, brake }: RefreshRun, terminal: Terminal): void {
  for (const { code, label, count, of } of brake)
    terminal.say(`The brake holds it: ${code}${label ? ` of ${label}` : ''}, ${count} of ${of} rows`);
  const [held] = brake;
  if (phase === 'planned') terminal.say(`Apply it: cinch apply ${runId}${held ? ` --count ${held.count}` : ''}`);
}

function stopped(hub: Hub, runId: number): Promise<RefreshRun> {
  return until(
    () => hub.json<RefreshRun>(`/refreshes/${runId}`),
    ({ phase }) => !goesOn.has(phase),
  );
}

function tell({ runId, system, phase, closing, failure, counts }: RefreshRun, terminal: Terminal): void {
  const { listed, heard, create, change, applied, parked, failed, overtaken, withdrawn } = counts;
  const outcome = closing ?? failure ?? phase;
  terminal.say(`run ${runId} of ${system}: ${outcome}`);
  terminal.say(
    `  ${listed} listed, ${heard} heard; to create ${create}, to change ${change}; ${applied} applied, ${parked} parked, ${failed} failed${overtaken > 0 ? `, ${overtaken} overtaken` : ''}${withdrawn > 0 ? `, ${withdrawn} withdrawn` : ''}`,
  );
}

function inWords({ kind, sourceId, customer, fields, code }: RefreshItem): string {
  const changes = fields.map(({ path, from, to }) => `${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
  return [`${kind} ${sourceId ?? '(new)'} ${customer}`, code, ...changes].filter(Boolean).join('; ');
}
