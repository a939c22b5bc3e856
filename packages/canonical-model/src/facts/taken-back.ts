import type { AttributeId, CustomerKind } from '../customer/attributes.ts';
import type { Json } from '../json.ts';
import type { Lens, ReadAttribute } from '../mapping/lens.ts';
import { withPart } from './held-row.ts';
import { withRemovals, type Held } from './record-state.ts';
import { isPart, type Telling } from './timeline.ts';

/**
 * What would be held if nothing had been told that was taken back, where that is other than what is held: news is what differs from both.
 * Told again, a value that was taken back is a repeat; the one that stood before it is no news either.
 */
export class Unspoken {
  private readonly held: Map<AttributeId, Held | null>;
  private row: Json | undefined;
  /** The kind that what was taken back made of it; null where that is the one that counts. */
  private kind: CustomerKind | null = null;

  constructor(held: ReadonlyMap<AttributeId, Held | null> = new Map(), row?: Json) {
    this.held = new Map(held);
    this.row = row;
  }

  copy(): Unspoken {
    const copy = new Unspoken(this.held, this.row);
    copy.kind = this.kind;
    return copy;
  }

  /** What was taken back says that it is of this kind, while another one counts. */
  keepKind(told: CustomerKind, counts: CustomerKind): void {
    this.kind = told === counts ? null : told;
  }

  /** The kind that counts once a row is told: told again, a kind that was taken back is a repeat like any value. */
  kindAfter(told: CustomerKind, counts: CustomerKind): CustomerKind {
    if (told === this.kind) return counts;
    this.kind = null;
    return told;
  }

  /** An entry that was taken back is about to change this row. */
  beginAt(row: Json): void {
    if (this.row === undefined) this.row = row;
  }

  /** What was taken back has changed what is held, which was this. */
  keep(attribute: AttributeId, held: Held | undefined): void {
    if (!this.held.has(attribute)) this.held.set(attribute, held ?? null);
  }

  set(attribute: AttributeId, held: Held): void {
    this.held.set(attribute, held);
  }

  has(attribute: AttributeId): boolean {
    return this.held.has(attribute);
  }

  of(attribute: AttributeId): Held | undefined {
    return this.held.get(attribute) ?? undefined;
  }

  /** It is held again by what counts. */
  forget(attribute: AttributeId): void {
    this.held.delete(attribute);
  }

  /**
   * What a part amounts to without what was taken back; null where it amounts to the same. A whole row shows all, so that parts of it
   * are parts of that.
   */
  reading(entry: Telling, lens: Lens): ReadonlyMap<AttributeId, ReadAttribute> | null {
    if (this.row === undefined) return null;
    if (!isPart(entry)) {
      this.row = undefined;
      return null;
    }
    this.row = withPart(this.row, entry);
    return new Map(withRemovals({}, lens.read(this.row)));
  }
}
