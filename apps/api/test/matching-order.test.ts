import { linkAll, shippedModel, type Evidence, type MatchModel } from '@cinch/canonical-model';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Rederive } from '../src/pipeline/rederive.ts';
import { Rematch } from '../src/pipeline/rematch.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { Database } from '../src/platform/transaction.ts';
import { Matching } from '../src/stages/matching/matching.ts';
import { ModelsStore } from '../src/stages/matching/models.store.ts';
import { NextPlacesStore } from '../src/stages/matching/next-places.store.ts';
import { RecordsStore } from '../src/stages/records/records.store.ts';
import { Random } from './histories/random.ts';
import { StewardDesk, type SystemCode } from './steward-desk.ts';

/** Keys become crowded among few: what takes millions elsewhere happens to hundreds here. */
const crowding: MatchModel = { ...shippedModel, population: 600, blocks: { limit: 7, weakLimit: 4, deepest: 2 } };
/** Under which more keys are crowded, and others that were are not. */
const tighter: MatchModel = { ...crowding, blocks: { limit: 5, weakLimit: 6, deepest: 2 } };

interface Push {
  system: SystemCode;
  id: string;
  version: number;
  data: object;
}

/** What two systems say of some hundred people who share names, houses, phones and birthdays more than people do, in 330 pushes. */
function pushes(): Push[] {
  const random = new Random(11);
  const syllables = 'ba dem fi gor hun jax kev lo mip nur pez quo'.split(' ');
  const word = () => random.pick(syllables) + random.pick(syllables);
  const [givens, families] = [Array.from({ length: 14 }, word), Array.from({ length: 12 }, word)];
  const phone = () => `+1202555${String(100 + random.below(35)).padStart(4, '0')}`;
  const said: Push[] = [];
  for (let person = 0; person < 110; person += 1) {
    const [given, family] = [random.pick(givens), random.pick(families)];
    const birth = `19${40 + random.below(12)}-0${1 + random.below(9)}-1${random.below(10)}`;
    const [own, email] = [phone(), `${given}${family}${random.below(30)}@example.com`];
    const versions = () => 1 + random.below(2);
    for (const system of ['adipose', 'bellyfat'] as const) {
      for (let version = 1, last = versions(); version <= last; version += 1) {
        const data = {
          id: `${system}-${person}`,
          given: random.chance(0.1) ? given.slice(0, 3) : given,
          family: random.chance(0.1) ? random.pick(families) : family,
          ...(random.chance(0.7) && { birth }),
          ...(random.chance(0.8) && { phone: random.chance(0.2) ? phone() : own }),
          ...(random.chance(0.5) && { email }),
        };
        said.push({ system, id: data.id, version, data });
      }
    }
  }
  return said;
}

describe('matching comes to the same whatever arrives when', () => {
  let desk: StewardDesk | null = null;
  afterEach(async () => {
    await desk?.close();
    desk = null;
  });

  const worked = async (): Promise<void> => {
    const { app } = desk!.hub.hub;
    await app.get(Worker).drained();
    while (await app.get(Rederive).next());
  };
  const publish = async (document: MatchModel): Promise<void> => {
    const answer = await desk!.hub.putSeen('/api/v1/rules/matching', { document, reason: 'for the test' });
    expect(answer.status).toBe(200);
    await worked();
  };

  async function push(all: readonly Push[], random: Random): Promise<void> {
    for (let from = 0; from < all.length;) {
      const batch = all.slice(from, from + 1 + random.below(80));
      from += batch.length;
      for (const [system, rows] of Map.groupBy(batch, (one) => one.system)) {
        const body = rows.map(({ id, version, data }) => {
          return { id, version, changedAt: new Date(Date.UTC(2026, 0, version)).toISOString(), data };
        });
        const { status, text } = await desk!.asSystem('POST', system, 'records', body);
        if (status !== 202) throw new Error(text);
      }
      if (random.chance(0.5)) await worked();
    }
    await worked();
  }

  /** Customers by the names of their records, and the edges and crowded keys that led to them, as they are stored. */
  async function stored(): Promise<{ customers: string[]; edges: string[]; crowded: number[] }> {
    return desk!.hub.hub.app.get(Database).read(async (tx) => {
      const customers = await tx.query<{ names: string }>(
        `select string_agg(source_key, ' ' order by source_key) as names from source_record group by customer_id order by 1`,
      );
      const edges = await tx.query<{ edge: string }>(
        `select r.source_key || ' ' || o.source_key || ' ' || e.weight as edge from match_edge e
         join source_record r using (record_id) join source_record o on o.record_id = e.other_id
         where r.source_key < o.source_key order by 1`,
      );
      const crowded = await tx.query<{ key: number }>('select key from match_key where record_id = 0 order by 1');
      const byName = (a: string, b: string) => (a < b ? -1 : 1);
      return {
        customers: customers.map((row) => row.names).sort(byName),
        edges: edges.map((row) => row.edge).sort(byName),
        crowded: crowded.map((row) => row.key),
      };
    });
  }

  /** The same, worked out at once from the evidence of all. */
  async function atOnce(): ReturnType<typeof stored> {
    return desk!.hub.hub.app.get(Database).read(async (tx) => {
      const judge = await desk!.hub.hub.app.get(ModelsStore).inForce(tx);
      const rows = await tx.query<{ id: number; system: string; key: string; evidence: string }>(
        `select record_id as id, code as system, source_key as key, evidence
         from source_record join system using (system_id) join match_evidence using (record_id)`,
      );
      const keyOf = new Map(rows.map((row) => [row.id, row.key]));
      const linked = linkAll(
        rows.map(({ id, system, key, evidence }) => ({
          recordId: id,
          name: `${system}|${key}`,
          features: judge.scorer.features.of(JSON.parse(evidence) as Evidence),
          follows: null,
        })),
        { links: [], separations: [] },
        judge,
      );
      const names = (ids: readonly number[]) => ids.map((id) => keyOf.get(id)!).sort((a, b) => (a < b ? -1 : 1));
      const byName = (a: string, b: string) => (a < b ? -1 : 1);
      return {
        customers: linked.clusters.map((ids) => names(ids).join(' ')).sort(byName),
        edges: linked.edges.map(({ records, weight }) => `${names(records).join(' ')} ${weight}`).sort(byName),
        crowded: [...linked.crowdedKeys].sort((a, b) => a - b),
      };
    });
  }

  const seen: string[][] = [];
  it.each([
    [1, ['adipose', 'bellyfat']],
    [2, ['bellyfat', 'adipose']],
    [3, ['adipose', 'bellyfat']],
  ] as const)(
    'pushed in order %i, in batches of any size, the systems registered as %s: as if all were looked at at once',
    async (order, registered) => {
      desk = await StewardDesk.open({}, registered);
      await publish(crowding);
      const random = new Random(order);
      await push(random.shuffled(pushes()), random);
      const found = await stored();
      expect(found).toEqual(await atOnce());
      // Else the test would have nothing to be wrong about.
      expect(found.crowded.length).toBeGreaterThan(30);
      expect(found.customers.length).toBeGreaterThan(60);
      expect(found.customers.length).toBeLessThan(200);
      seen.push(found.customers);
      expect(found.customers).toEqual(seen[0]);
    },
    60_000,
  );

  it('another model leaves nothing of the one before', async () => {
    desk = await StewardDesk.open();
    await push(new Random(4).shuffled(pushes()), new Random(4));
    expect(await stored()).toEqual(await atOnce());
    for (const model of [crowding, tighter]) {
      await publish(model);
      expect(await stored()).toEqual(await atOnce());
    }
  }, 60_000);

  it('who is who by another model is worked out in pieces, and a push between two of them finds the same', async () => {
    desk = await StewardDesk.open({ ROLE: 'api' });
    await push(new Random(7).shuffled(pushes()), new Random(7));
    await worked();
    const rematch = desk.hub.hub.app.get(Rematch);
    vi.spyOn(desk.hub.hub.app.get(RecordsStore), 'after').mockImplementation((tx, after) =>
      tx
        .query<{ id: number }>('select record_id as id from source_record where record_id > $1 order by 1 limit 5', [
          after,
        ])
        .then((rows) => rows.map(({ id }) => id)),
    );
    const published = await desk.hub.putSeen('/api/v1/rules/matching', { document: tighter, reason: 'for the test' });
    expect(published.status).toBe(200);
    let pieces = 0;
    for (; await rematch.next(); pieces += 1) {
      if (pieces !== 2) continue;
      const [first, last] = [pushes()[0]!, pushes().at(-1)!];
      await desk.push(first.system, first.id, { ...last.data, id: first.id });
    }
    expect(pieces).toBeGreaterThan(4);
    vi.restoreAllMocks();
    expect(await stored()).toEqual(await atOnce());
  }, 60_000);

  it('all are placed by another model aside, while what is pushed goes on, and it comes to the same', async () => {
    desk = await StewardDesk.open({ ROLE: 'api' });
    await push(new Random(8).shuffled(pushes()).slice(0, 160), new Random(8));
    const { app } = desk.hub.hub;
    const next = app.get(NextPlacesStore);
    const changes = async (nth: number) => {
      const [first, last] = [pushes()[nth * 3]!, pushes().at(-1 - nth)!];
      await desk!.push(first.system, first.id, { ...last.data, id: first.id });
      await desk!.push(last.system, `new-${nth}`, { ...first.data, id: `new-${nth}` });
    };
    let nth = 0;
    const page = next.page.bind(next);
    vi.spyOn(next, 'page').mockImplementation(async (tx, after) => {
      const found = await page(tx, after, 25);
      // In the middle of a piece, which keeps nobody waiting.
      if (nth < 6) await changes((nth += 1));
      return found;
    });
    await desk.hub.putSeen('/api/v1/rules/matching', { document: tighter, reason: 'for the test' });
    await changes(0);
    await desk.push('adipose', 'gone', { ...pushes()[50]!.data, id: 'gone' });
    expect(nth).toBe(0);
    const rematch = app.get(Rematch);
    let isTakenBack = false;
    while (await rematch.next()) {
      if (nth !== 2 || isTakenBack) continue;
      isTakenBack = true;
      await app.get(Database).transaction(async (tx) => {
        const [gone] = await tx.query<{ id: number }>(
          `select record_id as id from source_record where source_key = 'gone'`,
        );
        await app.get(Matching).takeBack(tx, { changed: new Set(), around: [], edges: [] }, [gone!.id]);
      });
    }
    expect(nth).toBeGreaterThan(4);
    vi.restoreAllMocks();
    const [found, right] = [await stored(), await atOnce()];
    const isThere = (names: string) => !names.split(' ').includes('gone');
    expect({ ...found, customers: found.customers.filter(isThere) }).toEqual(right);
    expect(await app.get(Database).glance((tx) => next.placing(tx))).toBeNull();
  }, 60_000);

  it('keys that were made by the scheme of an earlier hub are made anew', async () => {
    desk = await StewardDesk.open();
    await push(new Random(6).shuffled(pushes()), new Random(6));
    const before = await stored();
    await desk.hub.hub.app.get(Database).transaction(async (tx) => {
      await tx.query('update match_scheme set scheme = 1');
      await tx.query('update match_key set key = key + 2');
      await tx.query('delete from match_edge where random() < 0.5');
    });
    while (await desk.hub.hub.app.get(Rematch).next());
    expect(await stored()).toEqual(before);
  }, 60_000);

  it('a mapping that reads less takes away what was made of it, crowded keys among them', async () => {
    desk = await StewardDesk.open();
    await publish(crowding);
    await push(pushes(), new Random(5));
    const before = await stored();
    const narrow = await desk.narrowMapping('adipose', 'birthDate');
    await worked();
    const found = await stored();
    expect(narrow).toBe(200);
    expect(found).toEqual(await atOnce());
    expect(before.crowded.some((key) => !found.crowded.includes(key))).toBe(true);
  }, 60_000);
});
