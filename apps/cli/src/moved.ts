import type { MovedRecordPage } from '@cinch/api-contract';
import type { Command } from './command.ts';

export const moved: Command = {
  usage: '[--cause CAUSE]',
  summary: 'which records left one customer for another, and why, the latest first',
  more: 'Every line of the crosswalk that changed within 400 days. Both ids stay valid.',
  options: { cause: { type: 'string', help: 'only these, such as match-model, mapping, push or link' } },
  words: [0, 0],
  async run(hub, { values }, terminal) {
    const cause = values['cause'] === undefined ? '' : `&cause=${encodeURIComponent(String(values['cause']))}`;
    for (let cursor = ''; ;) {
      const { moves, nextCursor } = await hub.json<MovedRecordPage>(`/moved-records?limit=200${cause}${cursor}`);
      for (const { at, system, sourceId, from, to, because, reason } of moves)
        terminal.say(`${at} ${system} ${sourceId}: ${from} → ${to}, ${because}${reason ? ` (${reason})` : ''}`);
      if (nextCursor === null) return true;
      cursor = `&cursor=${nextCursor}`;
    }
  },
};
