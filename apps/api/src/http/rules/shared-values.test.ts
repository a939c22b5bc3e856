import { auditPage, matchReviewPage, sharedLook } from '@cinch/api-contract';
import { shippedModel, type MatchModel } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Rederive } from '../../pipeline/rederive.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';

const switchboard = '+12025550100';
const families = 'Abel Brook Crane Dahl Ekman Frost Grove Holm Iversen Juhl Kamp Lund Moe Nilsen'.split(' ');
const model = z.object({ version: z.int(), publishedBy: z.string().nullable(), document: z.json() });

describe('values that more people share than one household', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    // Of one name: what they share besides decides.
    const kim = { given: 'Kim', family: 'Quillfeather', phone: switchboard };
    await desk.push('adipose', 'A-KIM', kim);
    await desk.push('bellyfat', 'b_kim', kim);
  });
  afterAll(() => desk?.close());

  const look = async () => {
    const { version } = sharedLook.parse((await desk.hub.asAdmin('POST', '/api/v1/rules/matching/shared')).json());
    while (await desk.hub.hub.app.get(Rederive).next());
    return version;
  };
  const areOne = async () => {
    const [a, b] = await desk.customersOf(['A-KIM', 'b_kim']);
    return a === b;
  };
  const staff = (phone: string) =>
    desk.pushAll(
      'adipose',
      Object.fromEntries(families.map((family) => [family, { given: family[0], family, phone }])),
    );
  const latest = async () => {
    const { document, ...rest } = await desk.get('/rules/matching', model);
    return { ...rest, document: document as unknown as MatchModel };
  };

  it('count while a household could share them, and a look changes nothing', async () => {
    expect(await areOne()).toBe(true);
    expect(await look()).toBeNull();
    expect(await latest()).toMatchObject({ version: 0, document: shippedModel });
  });

  it('stop counting by themselves, in a version that says why and names how many share each', async () => {
    await staff(switchboard);
    expect(await look()).toBe(1);
    const { document, publishedBy } = await latest();
    expect(publishedBy).toBe('the hub');
    expect(document).toEqual({ ...shippedModel, shared: document.shared });
    expect(document.shared).toMatchObject({ phones: { '2025550100': 15 }, emails: {}, houses: {}, dates: {} });
    const { entries } = await desk.get('/audit', auditPage);
    expect(entries[0]).toMatchObject({ actor: 'the hub', act: 'match model 1 published' });
    expect(await areOne()).toBe(false);
    expect((await desk.get('/match-reviews', matchReviewPage)).reviews).toHaveLength(1);
    expect(await look()).toBeNull();
  });

  it('count again when they are shared no longer', async () => {
    // Who has gone shares nothing any more.
    for (const family of families.slice(0, 5)) await desk.delete('adipose', family);
    expect(await look()).toBe(2);
    expect((await latest()).document.shared).toMatchObject({ phones: {} });
    expect(await areOne()).toBe(true);
  });
});
