import type { MasteringMember } from '../stages/mastering/mastering.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import type { SystemInForce } from './systems-in-force.ts';

/**
 * A record that is still to be made, or of which all that was told is held, says nothing, and makes no customer by itself; an excluded one
 * stands alone.
 */
export function takesPart({ excluded, state, origin, known }: SourceRecord): boolean {
  return !excluded && state === 'live' && !(origin === 'push' && known.headPosition === null);
}

/** The record as survivorship hears it. */
export function memberOf(record: SourceRecord, inForce: ReadonlyMap<number, SystemInForce>): MasteringMember {
  const { recordId, sourceKey, systemId, known: state, tombstoned } = record;
  return { recordId, sourceKey, lens: inForce.get(systemId)!.lens, state, tombstoned };
}
