import { linkAll, type Evidence } from '@cinch/canonical-model';
import { inject } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import type { LabelledRecord } from '../../../../scripts/linkage/data.ts';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { Worker } from '../../src/pipeline/worker.ts';
import { Database } from '../../src/platform/transaction.ts';
import { ModelsStore } from '../../src/stages/matching/models.store.ts';
import { ListeningHub } from '../listening-hub.ts';
import { inLines } from './sets.ts';

const atOnce = 1_000;

const mapping = (system: string) => ({
  format: 1,
  system,
  key: { path: 'id' },
  kind: { path: 'kind', codes: { person: 'person', organization: 'organization' } },
  attributes: [
    {
      attribute: 'name',
      kinds: ['person'],
      members: { given: { path: 'given' }, middle: { path: 'middle' }, family: { path: 'family' } },
    },
    { attribute: 'name', kinds: ['organization'], members: { legal: { path: 'legal' } } },
    { attribute: 'birthDate', kinds: ['person'], path: 'birth' },
    { attribute: 'phone.primary', path: 'phone' },
    { attribute: 'email.primary', path: 'email' },
    { attribute: 'identifier.national', path: 'identifier' },
    {
      attribute: 'address.primary',
      members: {
        lines: { paths: ['line1', 'line2'] },
        locality: { path: 'town' },
        postalCode: { path: 'postcode' },
      },
    },
  ],
});

/** What a system holds of the record: the first value of each. */
function rowOf({ id, kind, said }: LabelledRecord): object {
  const [name, address] = [said.name?.[0] ?? {}, said['address.primary']?.[0] ?? {}] as Record<string, unknown>[];
  const first = (attribute: 'birthDate' | 'phone.primary' | 'email.primary' | 'identifier.national') =>
    said[attribute]?.[0];
  const [line1, line2] = (address!['lines'] as string[] | undefined) ?? [];
  return {
    id, kind, ...name, birth: first('birthDate'), phone: first('phone.primary'), email: first('email.primary'),
    identifier: first('identifier.national'), line1, line2, town: address!['locality'], postcode: address!['postalCode'],
  }; // prettier-ignore
}

/** A hub that was told these records, in their order and in pieces. */
export async function hubOf(records: readonly LabelledRecord[]) {
  const hub = await ListeningHub.open(inject('postgresUrl'));
  const systems = [...new Set(records.map(({ system }) => system))].sort().reverse();
  const keys = new Map<string, string>();
  for (const system of systems) keys.set(system, await hub.aSystem(system, mapping(system)));
  for (let from = 0; from < records.length; from += atOnce) {
    for (const [system, own] of Map.groupBy(records.slice(from, from + atOnce), (one) => one.system)) {
      const body = own.map((one) => ({ id: one.id, version: 1, data: rowOf(one) }));
      const answer = await hub.call('POST', `/api/v1/systems/${system}/records`, { token: keys.get(system)!, body });
      if (answer.status !== 202) throw new Error(answer.text);
    }
    await hub.hub.app.get(Worker).drained();
  }
  while (await hub.hub.app.get(Rederive).next());
  const database = hub.hub.app.get(Database);
  return {
    /** Who is who, as it is stored. */
    stored: () =>
      database.read(async (tx) => {
        const rows = await tx.query<{ names: string[] }>(
          `select array_agg(code || '|' || source_key) as names from source_record join system using (system_id) group by customer_id`,
        );
        return inLines(rows.map(({ names }) => names));
      }),
    /** The same, worked out at once in memory of what the records said. */
    atOnce: () =>
      database.read(async (tx) => {
        const judge = await hub.hub.app.get(ModelsStore).inForce(tx);
        const rows = await tx.query<{ id: number; name: string; evidence: string }>(
          `select record_id as id, code || '|' || source_key as name, evidence
           from source_record join system using (system_id) join match_evidence using (record_id)`,
        );
        const compared = rows.map(({ id, name, evidence }) => {
          const features = judge.scorer.features.of(JSON.parse(evidence) as Evidence);
          return { recordId: id, name, features, follows: null };
        });
        const { clusters } = linkAll(compared, { links: [], separations: [] }, judge);
        const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
        return inLines(clusters.map((ids) => ids.map((id) => nameOf.get(id)!)));
      }),
    close: () => hub.close(),
  };
}
