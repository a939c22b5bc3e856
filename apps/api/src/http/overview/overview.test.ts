import { overview } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('the overview', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  it('tells of a fresh hub that nothing waits', async () => {
    const shown = await desk.get('/overview', overview);
    expect(shown).toMatchObject({ conflicts: [], changeRequests: 0, errors: { line: 0, field: 0, note: 0 }, runs: [] });
    expect(shown.systems.map(({ system, waiting, lastRun }) => ({ system, waiting, lastRun }))).toEqual([
      { system: 'adipose', waiting: 0, lastRun: null },
      { system: 'bellyfat', waiting: 0, lastRun: null },
    ]);
    expect(shown.throughput).toHaveLength(24);
  });

  it('counts conflicts by attribute, errors by kind, and lines by the hour in which they came', async () => {
    const jo = { given: 'Jo', family: 'Doe', birth: '1980-02-03', email: 'jo@example.com' };
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550101' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550101' });
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550102' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550103' });
    await desk.push('adipose', 'a2', { ...jo, birth: 'yesterday' });
    const shown = await desk.get('/overview', overview);
    expect(shown.conflicts).toEqual([{ attribute: 'phone.primary', label: 'Phone', open: 1 }]);
    expect(shown.errors).toMatchObject({ line: 0, field: 1 });
    expect(shown.throughput.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(5);
    expect(shown.throughput.slice(0, 20).every(({ accepted }) => accepted === 0)).toBe(true);
  });
});
