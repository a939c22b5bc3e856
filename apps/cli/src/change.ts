import type { ChangeSet, ChangeSetCheck } from '@cinch/api-contract';
import type { Command } from './command.ts';
import { readJson, sayReach } from './files.ts';
import { CommandError } from './hub.ts';

export const change: Command = {
  usage: 'FILE --check | --reason … [--count N]',
  summary: 'publish several documents in one transaction, or none of them',
  more: 'The file holds {"documents": […]}: the canonical model, rules, the match model, mappings and scopes, each with its baseVersion. See docs/change-sets.md.',
  options: {
    check: { type: 'boolean', help: 'only name every mistake, or what they would change together' },
    reason: { type: 'string', help: 'why, for whoever reads the list of change sets' },
    count: { type: 'string', help: 'how many customers they change, as the check says; needed beyond five' },
  },
  words: [1, 1],
  async run(hub, { positionals: [file], values: { check, reason, count } }, terminal) {
    const { documents } = await readJson(file!);
    if (check) {
      const { problems, reach } = await hub.json<ChangeSetCheck>('/change-sets/check', {
        method: 'POST',
        json: { documents },
      });
      for (const { kind, system, inSet, path, detail } of problems)
        terminal.say(`${kind}${system === null ? '' : ` ${system}`}${inSet ? '' : ' (in force)'} ${path}: ${detail}`);
      if (reach?.count === 0) terminal.say('no mistakes, and no customer changes');
      if (reach) sayReach(reach, terminal);
      return problems.length === 0;
    }
    if (reason === undefined) throw new CommandError('Say why: --reason "…". With --check nothing is published.');
    const json = { documents, reason, ...(count !== undefined && { count: Number(count) }) };
    const published = await hub.json<ChangeSet>('/change-sets', { method: 'POST', json });
    for (const { kind, system, before, version } of published.documents)
      terminal.say(`${kind}${system === null ? '' : ` ${system}`}: version ${before} → ${version}`);
    return true;
  },
};
