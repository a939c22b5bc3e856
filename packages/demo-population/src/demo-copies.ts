import { population, type Truth } from './population.ts';
import { createRandom } from './random.ts';

export type DemoSystem = 'adipose' | 'bellyfat';

/** One system's knowledge of a customer, in no system's form yet. */
export interface DemoCopy {
  customer: Truth;
  /** When this system last changed its copy; milliseconds since 1970. */
  changedAt: number;
}

const seed = 2026_11_01;
const inBoth = 150;
const inOneOnly = 50;
const movedShare = 0.2;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const latest = Date.UTC(2026, 10, 1) - 2 * dayMs;
const earliest = latest - 728 * dayMs;

/**
 * The 200 customers of one system, in the order in which it gives out its keys. Most are in the other system too; of some of
 * these the copy that was changed later has a newer phone, e-mail or address. Names never differ, and whoever has moved one
 * of phone and e-mail still has the other in both copies.
 */
export function demoCopies(system: DemoSystem): DemoCopy[] {
  const random = createRandom(seed);
  const customers = population({ seed, size: inBoth + 2 * inOneOnly });
  const copies: Record<DemoSystem, DemoCopy[]> = { adipose: [], bellyfat: [] };
  customers.forEach((customer, index) => {
    const older = random.integer(earliest, latest - hourMs);
    const newer = random.integer(older + hourMs, latest);
    const [first, second]: DemoSystem[] = random.chance(0.5) ? ['adipose', 'bellyfat'] : ['bellyfat', 'adipose'];
    const moved = random.chance(movedShare) ? moveOn(customer, random.pick(['phone', 'email', 'address'])) : customer;
    if (index < inBoth) {
      copies[first as DemoSystem].push({ customer, changedAt: older });
      copies[second as DemoSystem].push({ customer: moved, changedAt: newer });
    } else {
      copies[index < inBoth + inOneOnly ? 'adipose' : 'bellyfat'].push({ customer, changedAt: newer });
    }
  });
  // Each system met its customers in an order of its own, so that equal places in the two mean nothing.
  return createRandom(seed + (system === 'adipose' ? 1 : 2)).shuffled(copies[system]);
}

function moveOn(customer: Truth, what: 'phone' | 'email' | 'address'): Truth {
  // Who lacks one of the two could not be recognised any more once the other one moved.
  if (what !== 'address' && !(customer.phone && customer.email)) return customer;
  return { ...customer, [what]: customer.moved[what] };
}
