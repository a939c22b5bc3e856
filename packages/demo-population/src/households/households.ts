import { createRandom } from '../random.ts';
import { sisterCompanies, switchboard } from './companies.ts';
import { copyOf, householdSystems, type HouseholdRecord, type HouseholdSystem } from './copies.ts';
import * as homes from './homes.ts';
import { cultures, Inventor, plain, type InTheSet, type Setting } from './truth.ts';

type Draw = (inventor: Inventor, culture: (typeof cultures)[number]) => homes.Drawn<InTheSet>[];

/** How those in the set live, and which share of it they are. Companies come on top of the people. */
const settings: Record<Setting, { draw: Draw; share: number }> = {
  family: { draw: homes.family, share: 0.42 },
  couple: { draw: homes.couple, share: 0.1 },
  twins: { draw: homes.twins, share: 0.03 },
  generations: { draw: homes.generations, share: 0.07 },
  flats: { draw: homes.flats, share: 0.12 },
  office: { draw: homes.office, share: 0.1 },
  careHome: { draw: homes.careHome, share: 0.05 },
  school: { draw: homes.school, share: 0.05 },
  single: { draw: homes.single, share: 0.06 },
  sisterCompanies: { draw: sisterCompanies, share: 0.03 },
  switchboard: { draw: switchboard, share: 0.03 },
};

/**
 * People who share nearly everything with somebody else, and companies that do, the same ones for the same seed: what several systems say
 * of them, with the faults of such systems. Two that no machine could tell apart, because they have one name in one house and say nothing
 * else, are not in it: who has a namesake at home gives the birth date.
 */
export function households({ seed, people }: { seed: number; people: number }): HouseholdRecord[] {
  const inventor = new Inventor(createRandom(seed));
  const all = everybody(inventor, people);
  const namesakes = Map.groupBy(all, nameOf);
  const twins = Map.groupBy(all, dateOf);
  const keys = new Map<HouseholdSystem, number>();
  const records = all.flatMap((of) =>
    systemsOf(inventor).map((system): HouseholdRecord => {
      const number = (keys.get(system) ?? 0) + 1;
      keys.set(system, number);
      const around = {
        hasNamesake: namesakes.get(nameOf(of))!.length > 1,
        isTwin: twins.get(dateOf(of))!.length > 1,
      };
      const copy = copyOf(inventor, of, system, around);
      return { ...copy, key: `${system}-${number}` };
    }),
  );
  // Each system met them in an order of its own.
  return inventor.random.shuffled(records);
}

function everybody(inventor: Inventor, people: number): InTheSet[] {
  const all: InTheSet[] = [];
  const counts = new Map<Setting, number>();
  const ordered = Object.keys(settings) as Setting[];
  const isShort = (setting: Setting) => (counts.get(setting) ?? 0) / settings[setting].share;
  for (let group = 0, drawn = 0; drawn < people; group += 1) {
    const setting = ordered.reduce((least, one) => (isShort(one) < isShort(least) ? one : least));
    const found = settings[setting].draw(inventor, inventor.random.pick(cultures));
    counts.set(setting, (counts.get(setting) ?? 0) + found.length);
    for (const one of found) all.push({ ...one, truth: all.length, setting, group } as InTheSet);
    drawn += found.filter(({ kind }) => kind === 'person').length;
  }
  partNamesakes(all);
  return all;
}

/** Of two who have one name and were born on one day nobody could tell which is meant: the later one was born on another day. */
function partNamesakes(all: readonly InTheSet[]): void {
  const taken = new Set<string>();
  for (const one of all) {
    if (one.kind !== 'person') continue;
    const bornOn = () => `${plain(one.given)} ${plain(one.family)} ${one.birthDate}`;
    while (taken.has(bornOn())) one.birthDate = laterBy(one.birthDate, 97);
    taken.add(bornOn());
  }
}

function laterBy(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A third of all is known once, a few are twice in one system. */
function systemsOf({ random }: Inventor): HouseholdSystem[] {
  const place = random.next();
  const systems = random.shuffled(householdSystems);
  if (place < 0.3) return systems.slice(0, 1);
  if (place < 0.35) return [systems[0]!, systems[0]!];
  return systems.slice(0, place < 0.78 ? 2 : 3);
}

function nameOf(of: InTheSet): string {
  return of.kind === 'person' ? `${of.group} ${plain(of.given)} ${plain(of.family)}` : `company ${of.truth}`;
}

function dateOf(of: InTheSet): string {
  return of.kind === 'person' ? `${of.group} ${of.birthDate}` : `company ${of.truth}`;
}
