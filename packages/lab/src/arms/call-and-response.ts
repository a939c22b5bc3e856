import type { AttributeId } from '@cinch/canonical-model';
import type { Meant } from '../meant.ts';
import { other, ownerOf, sides, writtenBy, type Side } from '../pair.ts';
import { bytesOf } from '../row-bytes.ts';
import type { Stage } from '../stage.ts';
import type { Arm } from './arm.ts';

/** How often a year a customer is looked at in each system: every time is a call. */
const looksAYear = 26;

/**
 * Each attribute has one home: the system that masters it, else the one that can say more. The other one keeps nothing: it asks each time it
 * shows the value, and its users' changes are calls. What a row of it holds here is what it would be answered.
 */
export class CallAndResponse implements Arm {
  private readonly stage: Stage;
  private readonly provider: Side;

  constructor(stage: Stage) {
    this.stage = stage;
    this.provider = lossesOf(stage, 0) < lossesOf(stage, 1) ? 0 : 1;
  }

  private homeOf(attribute: AttributeId, asking: Side): Side {
    const { codes, attributes } = this.stage.pair;
    if (!attributes[other(asking)].includes(attribute)) return asking;
    const owner = ownerOf(this.stage.pair, attribute);
    const home = codes.findIndex((code) => code === owner);
    return home < 0 ? this.provider : (home as Side);
  }

  typed(entry: Meant): { until: number } | null {
    const { stage } = this;
    const { customer, where } = entry;
    const isCall = entry.act === 'create' || ('attribute' in entry && this.homeOf(entry.attribute, where) !== where);
    if (isCall && sides.some((side) => stage.faults.isDown(side, stage.now))) {
      stage.costs.acts += 1;
      stage.note(customer, 'refused', where, 'attribute' in entry ? entry.attribute : null, entry.act);
      return { until: Math.max(...sides.map((side) => stage.faults.upAgain(side, stage.now))) };
    }
    if (isCall) this.count(entry.act === 'create' ? 600 : 100);
    switch (entry.act) {
      case 'create':
        for (const side of sides) stage.sites[side].make(customer, entry.kind, entry.values, stage.now);
        return null;
      case 'delete':
      case 'merge':
        stage.sites[where].remove(customer);
        return null;
      case 'increment': {
        const row = stage.sites[where].rows[customer];
        if (!row) return null;
        const before = stage.pair.lenses[where].meaning(entry.attribute, row.kind, row.fields[entry.attribute] ?? {});
        this.set(customer, where, entry.attribute, Number(before ?? 0) + entry.by);
        return null;
      }
      case 'edit': {
        const row = stage.sites[where].rows[customer];
        const typed = stage.typedFields(entry, where)[entry.attribute];
        if (!row || !typed) return null;
        // What the screen shows already is not typed again.
        if (JSON.stringify(row.fields[entry.attribute]) === JSON.stringify(typed)) return null;
        const isOwn = this.homeOf(entry.attribute, where) === where;
        const heard = isOwn ? entry.value : stage.understood(where, entry.attribute, row.kind, typed);
        if (heard === undefined) return null;
        this.set(customer, where, entry.attribute, heard);
        return null;
      }
    }
  }

  /** The home takes the value, and whoever asks is answered by it. */
  private set(customer: number, where: Side, attribute: AttributeId, value: Parameters<typeof writtenBy>[3]): void {
    const { sites, pair, now } = this.stage;
    const home = this.homeOf(attribute, where);
    const holder = sites[home].rows[customer] ? home : where;
    const kind = sites[holder].rows[customer]!.kind;
    const kept = writtenBy(pair.lenses[holder], attribute, kind, value);
    if (!kept) return;
    sites[holder].write(customer, { [attribute]: kept }, now);
    const asking = other(holder);
    const answer = pair.lenses[holder].meaning(attribute, kind, kept);
    if (answer === undefined || !pair.attributes[asking].includes(attribute)) return;
    const shown = writtenBy(pair.lenses[asking], attribute, kind, answer);
    if (shown) sites[asking].write(customer, { [attribute]: shown }, now);
  }

  private count(bytes: number): void {
    this.stage.costs.messages += 2;
    this.stage.costs.bytes += 600 + bytes;
  }

  /** Each look of the day is a call. */
  noon(): void {
    const rows = this.stage.sites[other(this.provider)].rows.filter((row) => row !== undefined);
    const share = looksAYear / 365;
    this.stage.costs.messages += Math.round(2 * share * rows.length);
    this.stage.costs.bytes += Math.round(share * rows.reduce((sum, row) => sum + 600 + bytesOf(row), 0));
  }

  /** Where the system has to ask for most of what it shows, it answers while both can be reached. */
  isOpen(side: Side): boolean {
    if (side === this.provider) return true;
    return sides.every((one) => !this.stage.faults.isDown(one, this.stage.now));
  }
}

/** How many of the attributes that both have the system cannot say in full: it cuts, or has fewer words. */
function lossesOf({ pair }: Stage, side: Side): number {
  const shared = pair.attributes[side].filter((id) => pair.attributes[other(side)].includes(id));
  return shared.filter((id) => pair.lenses[side].loses(id, 'person').onWrite).length;
}
