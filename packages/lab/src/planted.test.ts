import type { AttributeId, Lens, Reading, Value } from '@cinch/canonical-model';
import { describe, expect, it } from 'vitest';
import { armIds, arms, type ArmId } from './arms/arms.ts';
import { Hub } from './arms/hub.ts';
import type { HubBook } from './arms/hub-book.ts';
import { HubRefresh } from './arms/hub-refresh.ts';
import { Pessimistic } from './arms/pessimistic.ts';
import { aSetting, shippedPair } from './fixtures.ts';
import type { Meant } from './meant.ts';
import { playOn } from './play.ts';
import type { Row } from './site.ts';
import { Stage } from './stage.ts';
import { Truth } from './truth.ts';
import type { Arm } from './arms/arm.ts';
import { workloadOf } from './workload.ts';
import type { Delivery } from './setting.ts';
import type { Models, Side } from './pair.ts';

function staged(
  models: Models,
  delivery: Delivery,
  name: ArmId,
  make: (stage: Stage) => Arm = arms[name].make,
  planted: { oracle?: (stage: () => Stage) => Truth; on?: typeof Stage } = {},
) {
  const setting = aSetting(models, delivery, { customers: 30 });
  const pair = shippedPair(models);
  const log = workloadOf(pair, setting);
  const { oracle, on = Stage } = planted;
  const stage: Stage = new on(
    pair,
    setting,
    name,
    oracle?.(() => stage),
  );
  return { ...playOn(stage, log, name, make), log, pair };
}

const dropped = 'phone.primary';

/** A network at whose other end one attribute is never understood, whoever listens. */
class Deaf extends Stage {
  private readonly deafened = new Map<Lens, Lens>();

  override understood(...[side, attribute, ...said]: Parameters<Stage['understood']>): Value | null | undefined {
    return attribute === dropped ? undefined : super.understood(side, attribute, ...said);
  }

  override reader(side: Side): Lens {
    const lens = super.reader(side);
    let deaf = this.deafened.get(lens);
    if (!deaf) this.deafened.set(lens, (deaf = { ...lens, read: (data) => without(dropped, lens.read(data)) }));
    return deaf;
  }
}

function without(attribute: AttributeId, { attributes, ...reading }: Reading): Reading {
  const { [attribute]: _, ...rest } = attributes;
  return { ...reading, attributes: rest };
}

/** Systems that tell the hub nothing: what happens in them it hears when it lists them. */
class Mute extends Stage {
  override push(): void {}
}

/** A refresh that passes over the busiest customers. */
class Skipping extends Pessimistic {
  protected override refreshOne(customer: number): void {
    if (customer > 14) super.refreshOne(customer);
  }
}

class SkippingHub extends Hub {
  protected override refreshOf(book: HubBook): HubRefresh {
    const refresh = super.refreshOf(book);
    const hear = refresh['hearListed'].bind(refresh);
    refresh['hearListed'] = (side: 0 | 1, customer: number, row: Row) => customer > 14 && hear(side, customer, row);
    return refresh;
  }
}

/** An oracle that looks at what a system holds and calls it true. */
class Peeking extends Truth {
  private readonly at: () => Stage;
  constructor(stage: () => Stage) {
    super(shippedPair('misaligned'), 'least');
    this.at = stage;
  }
  override hear(entry: Meant): AttributeId[] | 'all' {
    const heard = super.hear(entry);
    const stage = this.at();
    const row = stage.sites[1].rows[entry.customer];
    const { values } = this.customers[entry.customer]!;
    for (const [id, fields] of Object.entries(row?.fields ?? {}))
      values[id] = stage.pair.lenses[1].meaning(id, row!.kind, fields) ?? null;
    return heard;
  }
}

/** What the log alone says, told apart from any play. */
function trueByLog({ log, pair }: ReturnType<typeof staged>) {
  const truth = new Truth(pair, 'least');
  for (const entry of [...log.start, ...log.entries]) truth.hear(entry);
  return truth.customers;
}

describe('planted faults', () => {
  it.each(armIds)('a reader that drops an attribute shows, in that attribute alone: %s', (arm) => {
    const { played } = staged('identical', 'perfect', arm, undefined, { on: Deaf });
    const drifted = Object.entries(played.byAttribute).flatMap(([id, shares]) =>
      shares.some((share) => share) ? [id] : [],
    );
    expect(drifted).toEqual([dropped]);
  });

  it.each(armIds)('the oracle knows what the log says, whatever is sent: %s', (arm) => {
    // Calls that were refused are meant later: what is true in the end is the same only where none is.
    const one = staged('misaligned', arm === 'call' ? 'perfect' : 'faulty', arm);
    expect(one.stage.truth.customers).toEqual(trueByLog(one));
  });

  it.each(armIds)('an oracle that peeks is found out: %s', (arm) => {
    // Where nothing differs there is nothing to peek at: it would hide a reader that drops an attribute.
    const oracle = (stage: () => Stage) => new Peeking(stage);
    const one = staged('misaligned', arm === 'call' ? 'perfect' : 'faulty', arm, undefined, { oracle, on: Deaf });
    expect(one.stage.truth.customers).not.toEqual(trueByLog(one));
  });

  it('a refresh that skips rows leaves drift behind, which no honest one does', () => {
    const after = (make: (stage: Stage) => Arm) =>
      Math.max(...staged('misaligned', 'faulty', 'pessimistic', make).played.afterRefresh.map(({ drift }) => drift));
    expect(after((stage) => new Pessimistic(stage))).toBe(0);
    expect(after((stage) => new Skipping(stage))).toBeGreaterThan(0);
  });

  it('a hub that passes over rows it lists leaves drift that nobody is told of', () => {
    const untold = (make: (stage: Stage) => Arm) =>
      Math.max(
        ...staged('identical', 'faulty', 'hub', make, { on: Mute }).played.afterRefresh.map((one) => one.untold),
      );
    expect(untold((stage) => new Hub(stage))).toBe(0);
    expect(untold((stage) => new SkippingHub(stage))).toBeGreaterThan(0);
  });
});
