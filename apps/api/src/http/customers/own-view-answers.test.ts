import { ownViewAnswers } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('how often calls for own views were answered', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await desk.push('adipose', 'a1', { given: 'Jo', family: 'Quillfeather', email: 'jo@example.com' });
  });
  afterAll(() => desk?.close());

  const ask = (path: string) => desk.asSystem('GET', 'adipose', path);
  const shown = () => desk.get('/systems/adipose/own-views', ownViewAnswers);

  it('is nothing where nobody asked', async () => {
    expect((await shown()).days).toEqual([]);
  });

  it('counts one view, a page, and that nobody knows the record, as answers', async () => {
    await ask('customers/a1');
    await ask('customers');
    expect((await ask('customers/nobody')).status).toBe(404);
    expect((await shown()).days).toEqual([{ day: new Date().toISOString().slice(0, 10), answered: 3, unanswered: 0 }]);
  });

  it('counts a call that the hub could not answer once, and by the system that asked', async () => {
    const pause = (outbound: 'paused' | 'on') =>
      desk.hub.asAdmin('PUT', '/api/v1/outbound', { outbound, reason: 'test' });
    await pause('paused');
    expect((await ask('customers/a1')).status).toBe(409);
    await pause('on');
    expect((await shown()).days).toMatchObject([{ answered: 3, unanswered: 1 }]);
    expect((await desk.get('/systems/bellyfat/own-views', ownViewAnswers)).days).toEqual([]);
  });
});
