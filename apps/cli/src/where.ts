import type { OwnRecord } from '@cinch/api-contract';
import type { Command } from './command.ts';

export const where: Command = {
  usage: 'SYSTEM ID',
  summary: 'where is this record of the system: its place, its customer, what it holds, what went wrong',
  more: 'Speaks with the key of the system (CINCH_KEY). --json gives all of it.',
  options: { json: { type: 'boolean', help: 'everything that the hub answers' } },
  words: [2, 2],
  async run(hub, { positionals, values }, terminal) {
    const [system, id] = positionals.map(encodeURIComponent);
    const record = await hub.json<OwnRecord>(`/systems/${system}/records/${id}`, { as: 'system' });
    if (values['json']) {
      terminal.say(JSON.stringify(record, null, 2));
      return true;
    }
    const { sourceId, state, customerId, version, changedAt, asserts, lastOffer, parked, errors } = record;
    terminal.say(
      `${sourceId}: ${state}, customer ${customerId ?? 'none'}, version ${version ?? 'none'} of ${changedAt ?? 'no time'}`,
    );
    for (const { label, display, at, superseded } of asserts) {
      terminal.say(
        `  ${label}: ${display} (said ${at ?? 'at no stated time'}${superseded ? ', replaced by a delivery since' : ''})`,
      );
    }
    if (lastOffer) terminal.say(`  last offer ${lastOffer.at}: ${JSON.stringify(lastOffer.fields)}`);
    for (const { attribute, code, fields } of parked)
      terminal.say(`  parked ${attribute} (${code}): ${JSON.stringify(fields)}`);
    for (const { at, code, path, detail } of errors) terminal.say(`  error ${at} ${code} ${path}: ${detail}`);
    return errors.length === 0;
  },
};
