import { look } from './hub-setup.ts';
import type { TargetProcess } from './target-process.ts';

/** What is wrong with what went out, by the target's own log of writes: a sentence each. */
export async function faultsOutward(databaseUrl: string, target: TargetProcess): Promise<string[]> {
  const log = target.log();
  const made = log.filter(({ isCreate }) => isCreate);
  const known = await look<{ id: string; founder: string }>(
    databaseUrl,
    `select o.delivery_id as id, r.founded_by as founder from unnest($1::uuid[]) as t(id)
     join record_entry o on o.delivery_id = t.id and o.kind = 'offer' join source_record r using (record_id)`,
    [made.map(({ deliveryId }) => deliveryId)],
  );
  const founderOf = new Map(known.map(({ id, founder }) => [id, founder]));
  const unknown = made.filter(({ deliveryId }) => !founderOf.has(deliveryId));
  const madeFor = Map.groupBy(made, ({ deliveryId }) => founderOf.get(deliveryId));
  const carriedOut = Map.groupBy(log, ({ deliveryId }) => deliveryId);
  const people = Map.groupBy(target.rows(), ([, data]) => data['email']);
  return [
    ...unknown.map(({ key }) => `${key} was made by no delivery that the hub knows`),
    ...[...madeFor]
      .filter(([, writes]) => writes.length > 1)
      .map(([id, writes]) => `${id} was made ${writes.length} times`),
    ...[...carriedOut].filter(([, writes]) => writes.length > 1).map(([id]) => `${id} was carried out twice`),
    ...[...people]
      .filter(([, rows]) => rows.length > 1)
      .map(([email, rows]) => `${rows.length} rows of ${String(email)}`),
  ];
}

/** Where two targets hold other rows of somebody, whatever keys they gave out. */
export function outwardDifferences(left: TargetProcess, right: TargetProcess): string[] {
  const byPerson = (target: TargetProcess) =>
    new Map(
      [...target.rows().values()].map(({ id: _, ...data }) => [String(data['email']), JSON.stringify(sorted(data))]),
    );
  const [one, other] = [byPerson(left), byPerson(right)];
  const people = [...new Set([...one.keys(), ...other.keys()])].sort();
  return people
    .filter((person) => one.get(person) !== other.get(person))
    .map(
      (person) => `${person}: ${one.get(person) ?? 'no row'} without kills, ${other.get(person) ?? 'no row'} with them`,
    );
}

function sorted(data: Record<string, unknown>): [string, unknown][] {
  return Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
}
