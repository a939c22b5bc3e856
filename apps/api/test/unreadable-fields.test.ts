import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapping, patch, row, SteppedHub } from './stepped-hub.ts';

describe('fields that cannot be read', () => {
  let hub: SteppedHub;
  beforeAll(async () => {
    hub = await SteppedHub.open();
    await hub.push([
      row('1', { birth: '31.12.1980' }),
      row('2', { birth: '1980-02-31' }),
      row('3', { birth: '1980-02-28' }),
    ]);
    await hub.taken();
  });
  afterAll(() => hub?.close());
  const open = async () =>
    (await hub.entries('?state=open'))
      .filter(({ kind }) => kind !== 'note')
      .map(({ kind, sourceId, path, mappingVersion }) => [kind, sourceId, path, mappingVersion]);

  it('are no lost lines, and need no replay', async () => {
    expect(await open()).toEqual([
      ['field', '2', 'birth', 1],
      ['field', '1', 'birth', 1],
    ]);
    expect(await hub.inbox()).toMatchObject({ applied: 3, error: 0 });
    expect(await hub.ask({ system: 'shop' })).toMatchObject({ replayId: null, lines: 0, passedOver: 2 });
  });

  it('are told under the new mapping when it cannot read them either, and closed when it can', async () => {
    await hub.publish(mapping('id', 'dd.MM.yyyy'));
    expect((await open()).toSorted()).toEqual([
      ['field', '2', 'birth', 2],
      ['field', '3', 'birth', 2],
    ]);
    expect(await hub.entries('?state=resolved')).toMatchObject([{ sourceId: '1', resolution: 'reads-well' }]);
    expect((await hub.record('1')).asserts.find(({ attribute }) => attribute === 'birthDate')!.display).toContain(
      '1980',
    );
    await hub.publish(mapping('id'));
    expect((await open()).toSorted()).toEqual([
      ['field', '1', 'birth', 3],
      ['field', '2', 'birth', 3],
    ]);
  });

  it('are told of a row that is changed in parts as well', async () => {
    await hub.push([patch('3', 2, { birth: 'never' }), patch('3', 3, { family: 'Roe' })], 'events');
    await hub.taken();
    expect((await open()).map(([, id]) => id).toSorted()).toEqual(['1', '2', '3']);
    await hub.push([patch('3', 4, { birth: '1980-02-28' })], 'events');
    await hub.taken();
    expect((await open()).map(([, id]) => id).toSorted()).toEqual(['1', '2']);
  });

  it('are closed when their system mends them, but not by what it had said before', async () => {
    const later = (id: string, version: number, birth: string) => ({ ...row(id, { birth }), version });
    await hub.push([later('2', 3, 'no day at all'), later('2', 2, '1980-02-27')]);
    await hub.taken();
    expect((await open()).map(([, id]) => id)).toContain('2');
    await hub.push([later('2', 4, '1980-02-27')]);
    await hub.taken();
    expect((await open()).map(([, id]) => id)).toEqual(['1']);
    await hub.inOnePlace();
  });

  it('are closed also of a record that begins with a row that cannot be read and one that can, together or apart', async () => {
    const bad = { ...row('10', { birth: 'never' }), version: 1 };
    const good = { ...row('10', { birth: '1980-02-28' }), version: 2 };
    const born = (id: string) => ({ data: { ...good.data, id }, id, version: 2 });
    await hub.push([bad, good]);
    await hub.push([born('11'), { ...bad, id: '11', data: { ...bad.data, id: '11' } }]);
    await hub.push([patch('12', 2, { birth: '1980-02-28' })], 'events');
    await hub.taken();
    await hub.push([{ ...bad, id: '12', data: { ...bad.data, id: '12' } }]);
    await hub.taken();
    expect((await open()).map(([, id]) => id)).toEqual(['1']);
    const closed = await hub.entries('?state=resolved');
    expect(closed.filter(({ kind, sourceId }) => kind === 'field' && Number(sourceId) > 9)).toMatchObject([
      { sourceId: '12', resolution: 'reads-well' },
      { sourceId: '11', resolution: 'reads-well' },
      { sourceId: '10', resolution: 'reads-well' },
    ]);
    await hub.inOnePlace();
  });
});
