import {
  assertionId,
  assertionRef,
  canonicalJson,
  foldTimeline,
  type Fields,
  type Survived,
} from '@cinch/canonical-model';
import type { House } from './house.ts';
import type { UserEdit } from './life.ts';
import type { Recomputed, RecomputedRecord } from './recomputed.ts';

/** Edits that the hub heard and that are nowhere to be found any more. */
export async function lost(
  house: House,
  { records, stored }: Recomputed,
  edits: Iterable<UserEdit>,
): Promise<string[]> {
  const byKey = new Map(records.map((record) => [`${record.lens.system} ${record.stored.sourceKey}`, record]));
  const answered = await answeredRequests(house);
  const faults: string[] = [];
  for (const edit of edits) {
    const record = byKey.get(`${edit.system} ${edit.key}`);
    if (!record || record.tombstoned || record.stored.excluded || !isHeard(record, edit) || !isNewsThen(record, edit))
      continue;
    const survived = stored.find(({ ids }) => ids.includes(record.recordId))!.survived!;
    if (isSaid(record, survived, edit, answered) || isKnown(record, survived, edit)) continue;
    faults.push(`${edit.system} ${edit.key} ${edit.attribute} ${edit.native} of version ${edit.version}`);
  }
  return faults;
}

/** The records and attributes of which a steward has answered a request, however late the row came that first asked. */
async function answeredRequests(house: House): Promise<Set<string>> {
  const rows = await house.query<{ body: string }>(
    `select body from decision where kind = 'answer' and undone_at is null`,
  );
  return new Set(
    rows.map(({ body }) => {
      const { request, attribute } = JSON.parse(body) as { request: string; attribute: string };
      return `${assertionRef(request).recordId} ${attribute}`;
    }),
  );
}

function isHeard({ entries }: RecomputedRecord, { version }: UserEdit): boolean {
  return entries.some((entry) => entry.version === version);
}

/** Whether it told the hub anything: a user may have put back what the hub took for held, and a first row clears nothing. */
function isNewsThen({ entries, lens, stored }: RecomputedRecord, { attribute, version, native }: UserEdit): boolean {
  const before = entries.filter((entry) => entry.version === null || entry.version < version);
  const held = foldTimeline(before, lens, stored.known.kind).state.held[attribute];
  const isEmpty = Object.values(JSON.parse(native) as Fields).every((value) => value === null);
  return held ? canonicalJson(held.fields) !== native : !isEmpty;
}

/**
 * It is golden, loses for a reason, is shown in a conflict or asks; or the owner’s word gave way to a request. Where the owner of the
 * attribute says nothing any more there is no golden value to lose to: then it was answered or replaced by a delivery before.
 */
function isSaid(
  { recordId, state }: RecomputedRecord,
  { attributes, conflicts, requests }: Survived,
  { attribute, native }: UserEdit,
  answered: ReadonlySet<string>,
): boolean {
  const own = state.asserted[attribute];
  if (own && own.request !== null) return true;
  if (own?.native !== native) return false;
  const golden = attributes[attribute];
  if (!golden && (own.superseded !== null || answered.has(`${recordId} ${attribute}`))) return true;
  const told = [
    ...(golden ? [golden.from, ...golden.losers] : []),
    ...requests.map((request) => request.from),
    ...conflicts.flatMap((conflict) => conflict.candidates),
  ].map(assertionId);
  return told.includes(assertionId({ recordId, position: own.position }));
}

/** It is what the golden record says anyway, or was the hub’s own word coming back. */
function isKnown(
  { lens, entries }: RecomputedRecord,
  { attributes, kind }: Survived,
  { attribute, native }: UserEdit,
): boolean {
  const golden = attributes[attribute];
  const written = golden && lens.write(attribute, kind, golden.value);
  if (written?.kind === 'written' && canonicalJson(written.fields) === native) return true;
  return entries.some((entry) => {
    const carried = entry.kind === 'offer' ? entry.carried[attribute] : undefined;
    return carried && canonicalJson(carried.fields) === native;
  });
}
