import { ownLinks } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk, type SystemCode } from '../../../test/steward-desk.ts';

describe('what other systems call the customer of an own record', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const jo = { given: 'Jo', family: 'Quillfeather', birth: '1980-02-03', email: 'jo.quillfeather@example.com' };
    await desk.push('adipose', 'a1', jo);
    await desk.push('bellyfat', 'b/ä 1', jo);
    await desk.push('adipose', 'alone', { given: 'Una', family: 'Solitaire', email: 'una@example.com' });
  });
  afterAll(() => desk?.close());

  const linksOf = (system: SystemCode, id: string) =>
    desk.asSystem('GET', system, `customers/${encodeURIComponent(id)}/links`);
  const shown = async (system: SystemCode, id: string) => ownLinks.parse((await linksOf(system, id)).json());

  it('are told to either system, with the id that everybody knows', async () => {
    const customerId = await desk.customerOf('a1');
    expect(await shown('adipose', 'a1')).toEqual({
      sourceId: 'a1',
      customerId,
      links: [{ system: 'bellyfat', sourceId: 'b/ä 1' }],
      all: 1,
    });
    expect((await shown('bellyfat', 'b/ä 1')).links).toEqual([{ system: 'adipose', sourceId: 'a1' }]);
  });

  it('are none where no other system has the customer', async () => {
    expect(await shown('adipose', 'alone')).toMatchObject({ links: [], all: 0 });
  });

  it('are none of a record that is not the own one, that was deleted, or that nobody knows', async () => {
    expect((await linksOf('bellyfat', 'a1')).problem().code).toBe('not-found');
    expect((await linksOf('adipose', 'nobody')).problem().code).toBe('not-found');
    await desk.delete('bellyfat', 'b/ä 1');
    expect((await linksOf('bellyfat', 'b/ä 1')).status).toBe(404);
    expect((await shown('adipose', 'a1')).links, 'what was deleted is no link').toEqual([]);
  });
});
