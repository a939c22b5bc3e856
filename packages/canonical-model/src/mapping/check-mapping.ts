import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Fields, Lens, ReadAttribute, Unreadable } from './lens.ts';
import { readPath, writePath } from './path.ts';
import { Standards, type StandardTally } from './standards.ts';

/**
 * The round-trip laws of a lens:
 * - `gives-back`: what was sent is written again as it was, or in another spelling of the same text, wherever reading is not declared to lose;
 * - `keeps`: what was written reads as the value it came from, wherever writing is not declared to lose;
 * - `stable`: what was written reads as something that is written the same way again.
 */
export type RoundTripLaw = 'gives-back' | 'keeps' | 'stable';

export interface RoundTripFault {
  /** The record's key. */
  record: string;
  attribute: AttributeId;
  law: RoundTripLaw;
  /** Native path; for `keeps`, the attribute's first one. */
  path: string;
  sent: Json;
  got: Json;
}

export interface MappingReport {
  records: number;
  /** Records whose envelope and every attribute could be read. */
  readable: number;
  /** The first 200 faults. */
  faults: RoundTripFault[];
  faultCount: number;
  /** In the order of the mapping; what no sample says is left out. */
  standards: StandardTally[];
  unreadable: { path: string; code: string; count: number }[];
  inexpressible: { attribute: AttributeId; code: string; count: number }[];
  /** Native codes that a table of the mapping does not know. */
  unknownCodes: { path: string; value: Json; count: number }[];
}

const maxFaults = 200;

/** Sends samples of a system through its lens in both directions and reports what breaks a law. */
export function checkMapping(lens: Lens, samples: readonly Json[]): MappingReport {
  const report: Omit<MappingReport, 'standards' | 'unreadable' | 'inexpressible' | 'unknownCodes'> = {
    records: samples.length,
    readable: 0,
    faults: [],
    faultCount: 0,
  };
  const unreadable = new Tally<{ path: string; code: string }>();
  const inexpressible = new Tally<{ attribute: AttributeId; code: string }>();
  const unknownCodes = new Tally<{ path: string; value: Json }>();
  const standards = new Standards(lens);
  const noteUnreadable = (sample: Json, found: readonly Unreadable[]) => {
    for (const { path, code } of found) {
      unreadable.add({ path, code });
      if (code === 'unknown-code') unknownCodes.add({ path, value: codeAt(sample, path) });
    }
  };
  for (const sample of samples) {
    const read = lens.envelope(sample);
    if (!read.ok) {
      noteUnreadable(sample, read.unreadable);
      continue;
    }
    const { key, kind } = read.envelope;
    const reading = lens.read(sample);
    noteUnreadable(sample, reading.unreadable);
    if (reading.unreadable.length === 0) report.readable += 1;
    standards.note(reading);
    for (const [attribute, said] of Object.entries(reading.attributes) as [AttributeId, ReadAttribute][]) {
      if (said.value === undefined) continue;
      const trip = roundTrip(lens, kind, attribute, sample, { fields: said.fields, value: said.value });
      if (trip.inexpressible !== null) inexpressible.add({ attribute, code: trip.inexpressible });
      report.faultCount += trip.faults.length;
      for (const fault of trip.faults) {
        if (report.faults.length < maxFaults) report.faults.push({ record: key, attribute, ...fault });
      }
    }
  }
  return {
    ...report,
    standards: standards.counts(),
    unreadable: unreadable.counts(),
    inexpressible: inexpressible.counts(),
    unknownCodes: unknownCodes.counts(),
  };
}

/** What stands at a place as faults name it: of a member of a list, what the first element has there that has any. */
function codeAt(sample: Json, path: string): Json {
  const parts = path.split('.');
  for (let at = parts.length; at > 0; at -= 1) {
    const value = readPath(sample, parts.slice(0, at).join('.'));
    const rest = parts.slice(at).join('.');
    if (rest === '' && value !== null) return value;
    if (!Array.isArray(value)) continue;
    return value.map((one) => readPath(one, rest)).find((one) => one !== null) ?? null;
  }
  return null;
}

type Fault = Omit<RoundTripFault, 'record' | 'attribute'>;

function roundTrip(
  lens: Lens,
  kind: CustomerKind,
  attribute: AttributeId,
  sample: Json,
  said: { fields: Fields; value: Value | null },
): { faults: Fault[]; inexpressible: string | null } {
  const loses = lens.loses(attribute, kind);
  const written = lens.write(attribute, kind, said.value);
  if (written.kind === 'inexpressible') return { faults: [], inexpressible: written.code };
  const faults = differences('gives-back', said.fields, written.fields).filter(
    ({ path, sent, got }) => !loses.onRead.includes(path) && !lens.isSpelledAlike(attribute, kind, path, sent, got),
  );
  const again = lens.read(withFields(sample, written.fields)).attributes[attribute];
  // A silent attribute that was written empty is read as nothing at all.
  const value = again === undefined ? null : again.value;
  const rewritten = value === undefined ? null : lens.write(attribute, kind, value);
  const rewrittenFields = rewritten?.kind === 'written' ? rewritten.fields : {};
  faults.push(...differences('stable', written.fields, rewrittenFields));
  if (!loses.onWrite && canonicalJson(value) !== canonicalJson(said.value)) {
    const path = Object.keys(written.fields)[0] ?? '';
    faults.push({ law: 'keeps', path, sent: said.value, got: value ?? null });
  }
  return { faults, inexpressible: null };
}

function withFields(sample: Json, fields: Fields): Json {
  return Object.entries(fields).reduce((row, [path, value]) => writePath(row, path, value), sample);
}

function differences(law: RoundTripLaw, sent: Fields, got: Fields): Fault[] {
  return Object.entries(sent)
    .filter(([path, value]) => canonicalJson(value) !== canonicalJson(got[path]))
    .map(([path, value]) => ({ law, path, sent: value, got: got[path] ?? null }));
}

/** Counts equal things, the most frequent first. */
class Tally<Thing extends { [member: string]: Json }> {
  private readonly found = new Map<string, Thing & { count: number }>();

  add(thing: Thing): void {
    const key = canonicalJson(thing);
    const known = this.found.get(key);
    if (known) known.count += 1;
    else this.found.set(key, { ...thing, count: 1 });
  }

  counts(): (Thing & { count: number })[] {
    return [...this.found.values()].sort((a, b) => b.count - a.count);
  }
}
