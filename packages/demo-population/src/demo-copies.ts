import { population, type Truth } from './population.ts';
import { createRandom } from './random.ts';
import { familyNames } from './words.ts';

export type DemoSystem = 'adipose' | 'bellyfat';

/** One system's knowledge of a customer, in no system's form yet. */
export interface DemoCopy {
  customer: Truth;
  /** When this system last changed its copy; milliseconds since 1970. */
  changedAt: number;
  phase: DemoPhase;
  /** Whether the customer allows marketing; null where this system was never told. */
  consent: boolean | null;
}

export type DemoPhase = 'prospect' | 'active' | 'dormant' | 'former';

const seed = 2026_11_01;
const inBoth = 150;
const inOneOnly = 50;
const movedShare = 0.2;

/** Whom only BellyFat knows buys nothing just now, or no more; who is in Adipose has an open account. */
const bellyfatPhases = ['active', 'prospect', 'dormant', 'active', 'former'] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const latest = Date.UTC(2026, 10, 1) - 2 * dayMs;
const earliest = latest - 728 * dayMs;

/**
 * The 200 customers of one system, in the order in which it gives out its keys. Most are in the other system too; of some of
 * these the copy that was changed later has a newer phone, e-mail or address. Names never differ, and whoever has moved one
 * of phone and e-mail still has the other in both copies. On phase and consent the two agree wherever both know.
 */
export function demoCopies(system: DemoSystem): DemoCopy[] {
  const random = createRandom(seed);
  const customers = withParents(withoutNamesakes(population({ seed, size: inBoth + 2 * inOneOnly })));
  const copies: Record<DemoSystem, DemoCopy[]> = { adipose: [], bellyfat: [] };
  customers.forEach((customer, index) => {
    const older = random.integer(earliest, latest - hourMs);
    const newer = random.integer(older + hourMs, latest);
    const [first, second]: DemoSystem[] = random.chance(0.5) ? ['adipose', 'bellyfat'] : ['bellyfat', 'adipose'];
    const what = random.chance(movedShare) ? random.pick(['phone', 'email', 'address'] as const) : null;
    const moved = what === null || parentsAndChildren.has(index) ? customer : moveOn(customer, what);
    const put = (into: DemoSystem, who: Truth, changedAt: number) =>
      copies[into].push({ customer: who, changedAt, ...standing(into, index) });
    if (index < inBoth) {
      put(first as DemoSystem, customer, older);
      put(second as DemoSystem, moved, newer);
    } else {
      put(index < inBoth + inOneOnly ? 'adipose' : 'bellyfat', customer, newer);
    }
  });
  // Each system met its customers in an order of its own, so that equal places in the two mean nothing.
  return createRandom(seed + (system === 'adipose' ? 1 : 2)).shuffled(copies[system]);
}

/**
 * Whom one system alone knows is called like nobody else: a question who is who would keep them from being made in the other, and the demo
 * is to open equal. Two who are in both may well look alike.
 */
function withoutNamesakes(customers: readonly Truth[]): Truth[] {
  const taken = new Set(customers.slice(0, inBoth).map(nameOf));
  return customers.map((who, index) => {
    if (who.kind !== 'person' || index < inBoth) return who;
    const at = familyNames.findIndex((name) => name === who.family);
    const names = [...familyNames.slice(at), ...familyNames];
    const family = names.find((name) => !taken.has(nameOf({ ...who, family: name })))!;
    taken.add(nameOf({ ...who, family }));
    return { ...who, family };
  });
}

/** Places of parents, and of their children, among the customers of both systems; their names are short enough for either. */
const children = new Map([
  [8, 9],
  [30, 31],
  [48, 49],
  [71, 72],
  [98, 99],
  [103, 104],
]);
const parentsAndChildren = new Set([...children].flat());
const generationYears = 26;

/**
 * Some live with a parent of their own name, whose mailbox and address they use: the hub may not make one of them, and asks a person. Both are
 * in both systems, so that the question keeps nobody from being made.
 */
function withParents(customers: readonly Truth[]): Truth[] {
  const grown = [...customers];
  for (const [parentAt, childAt] of children) {
    const [parent, child] = [customers[parentAt]!, customers[childAt]!];
    if (parent.kind !== 'person' || child.kind !== 'person') throw new Error(`No two persons stand at ${parentAt}.`);
    const birthYear = Number(child.birthDate.slice(0, 4)) - generationYears;
    const shared = { given: parent.given, middle: null, family: parent.family, address: parent.address };
    const birthDate = `${birthYear}${child.birthDate.slice(4).replace('-02-29', '-02-28')}`;
    const email = parent.email ?? parent.moved.email;
    grown[parentAt] = { ...parent, middle: null, birthDate, email, phone: parent.phone ?? parent.moved.phone };
    grown[childAt] = { ...child, ...shared, email, phone: child.phone ?? child.moved.phone };
  }
  return grown;
}

function nameOf(who: Truth): string {
  return who.kind === 'person' ? `${who.given} ${who.family}` : who.legalName;
}

/** Made of the place alone, without a draw: who the customers are does not hang on it. */
function standing(system: DemoSystem, index: number): Pick<DemoCopy, 'phase' | 'consent'> {
  const isOnlyInBellyfat = index >= inBoth + inOneOnly;
  const wasNotAsked = system === 'bellyfat' && index < inBoth && index % 4 === 0;
  return {
    phase: (isOnlyInBellyfat && bellyfatPhases[index % bellyfatPhases.length]) || 'active',
    consent: wasNotAsked ? null : index % 3 === 0,
  };
}

function moveOn(customer: Truth, what: 'phone' | 'email' | 'address'): Truth {
  // Who lacks one of the two could not be recognised any more once the other one moved.
  if (what !== 'address' && !(customer.phone && customer.email)) return customer;
  return { ...customer, [what]: customer.moved[what] };
}
