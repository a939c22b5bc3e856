import { Injectable } from '@nestjs/common';
import type { Member } from '@cinch/api-contract';
import {
  canonicalJson,
  isSameValue,
  entriesOf,
  unpackKnown,
  itemListOf,
  type AttributeId,
  type CustomerKind,
  type Fields,
  type GoldenAttributes,
  type Held,
  type Lens,
  type RecordState,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { recordState } from '../records/record-state.ts';

interface Row {
  recordId: number;
  systemId: number;
  system: string;
  systemName: string;
  sourceId: string | null;
  origin: 'push' | 'hub';
  state: Member['state'];
  kind: CustomerKind;
  version: number | null;
  changedAt: Date | null;
  known: string;
}

/** A customer's source records, each with what its system is known to hold. */
@Injectable()
export class MemberQueries {
  constructor(private readonly mappings: MappingsStore) {}

  async of(tx: Tx, customerId: number, golden: GoldenAttributes): Promise<Member[]> {
    const rows = await tx.query<Row>(
      `select r.record_id as "recordId", r.system_id as "systemId", s.code as system, s.name as "systemName",
         r.source_key as "sourceId", r.origin, ${recordState} as state, r.kind, r.head_version as version, r.head_at as "changedAt",
         r.known
       from source_record r join system s using (system_id) where r.customer_id = $1 order by s.code, r.record_id`,
      [customerId],
    );
    const members: Member[] = [];
    for (const { systemId, kind, known, changedAt, ...row } of rows) {
      const lens = await this.mappings.lensOf(tx, systemId);
      const state = { kind, ...unpackKnown(known) };
      members.push({ ...row, changedAt: changedAt?.toISOString() ?? null, holds: holdsOf(state, golden, lens) });
    }
    return members;
  }
}

function holdsOf(
  { kind, held, parked }: Pick<RecordState, 'kind' | 'held' | 'parked'>,
  golden: GoldenAttributes,
  lens: Lens,
): Member['holds'] {
  const plain = lens.attributes.filter((attribute) => held[attribute] !== undefined || parked[attribute] !== undefined);
  return [...plain, ...itemsOf({ held, parked }, lens)].map((attribute) => {
    const holding = held[attribute];
    const refused = parked[attribute];
    return {
      attribute,
      label: lens.model.labelOf(attribute),
      display: holding ? displayHeld(attribute, holding, lens) : 'none',
      agrees: agrees(attribute, kind, holding, golden, lens),
      parked: refused ? { display: displayNative(JSON.parse(refused.sent) as Fields), code: refused.code } : null,
    };
  });
}

/** The items that the system holds or would not take; not those that it holds no more. */
function itemsOf({ held, parked }: Pick<RecordState, 'held' | 'parked'>, lens: Lens): AttributeId[] {
  const there = entriesOf<Held>(held).filter(([, { value }]) => value !== null);
  const ids = new Set([...there, ...entriesOf(parked)].map(([attribute]) => attribute));
  const isSaid = (attribute: AttributeId) => lens.lists.some((list) => list === itemListOf(attribute));
  return [...ids].filter(isSaid).sort();
}

/** Agreement is judged as the system writes: a name cut at 24 characters agrees with the whole name that it is cut from. */
function agrees(
  attribute: AttributeId,
  kind: CustomerKind,
  holding: Held | undefined,
  golden: GoldenAttributes,
  lens: Lens,
): boolean {
  const wanted = golden[attribute];
  if (!wanted) return true;
  const written = lens.write(attribute, kind, wanted.value);
  if (written.kind === 'inexpressible') return false;
  if (!holding) return wanted.value === null;
  if (canonicalJson(written.fields) === canonicalJson(holding.fields)) return true;
  const meant = lens.meaning(attribute, kind, written.fields);
  const { shape } = lens.model.attributeOf(attribute);
  return meant !== undefined && holding.value !== undefined && isSameValue(shape, meant, holding.value);
}

function displayHeld(attribute: AttributeId, { value, fields }: Held, lens: Lens): string {
  return value === undefined ? `cannot be read: ${displayNative(fields)}` : lens.model.words(attribute, value);
}

function displayNative(fields: Fields): string {
  const parts = Object.values(fields)
    .flat()
    .filter((part) => part !== null && part !== '');
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ') || 'none';
}
