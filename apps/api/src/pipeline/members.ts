import type { MasteringMember } from '../stages/mastering/mastering.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** A record that is still to be made says nothing, and makes no customer by itself; an excluded one stands alone. */
export function takesPart({ excluded, state }: SourceRecord): boolean {
  return !excluded && state === 'live';
}

/** The record as survivorship hears it. */
export function memberOf(record: SourceRecord, inForce: ReadonlyMap<number, SystemInForce>): MasteringMember {
  const { recordId, sourceKey, systemId, known: state, tombstoned } = record;
  return { recordId, sourceKey, lens: inForce.get(systemId)!.lens, state, tombstoned };
}
