import type { CustomerKind, Value } from '@cinch/canonical-model';
import type { Random } from '@cinch/demo-population/random';
import * as words from '@cinch/demo-population/words';
import type { shapeOf } from './pair.ts';
import { dayMs } from './setting.ts';

/** Day 0 of every play. */
export const dayZero = Date.UTC(2026, 0, 1);

const phases = ['active', 'active', 'active', 'prospect', 'dormant', 'former', 'deceased'] as const;

/** An invented value of a shape. Numbers and addresses are of the ranges set aside for fiction. */
export function invented(shape: ReturnType<typeof shapeOf>, kind: CustomerKind, random: Random, now: number): Value {
  const { pick, integer } = random;
  switch (shape) {
    case 'name':
      return kind === 'person' ? personName(random) : { legal: `${tradeName(random)} ${pick(words.legalForms)}` };
    case 'date':
      return new Date(Date.UTC(integer(1936, 2005), integer(0, 11), integer(1, 28))).toISOString().slice(0, 10);
    case 'instant':
      return new Date(dayZero + Math.floor(now / 1000) * 1000).toISOString();
    case 'phone':
      return `+1${pick(words.places).areaCode}55501${String(integer(0, 99)).padStart(2, '0')}`;
    case 'email':
      return `${mailbox(random)}${integer(2, 9999)}@${pick(['example.com', 'example.org', 'example.net'])}`;
    case 'address':
      return address(random);
    case 'identifier':
      return String(integer(100_000_000, 899_999_999));
    case 'money':
      return { amount: `${integer(1, 90) * 100}.00`, currency: 'USD' };
    case 'number':
    case 'count':
      return integer(0, 5_000);
    case 'yesNo':
      return pick(['yes', 'no']);
    case 'code':
      return pick(['A1', 'B2', 'C3', 'D4', 'E5']);
    case 'text':
    case 'longText':
      return `${pick(words.tradeNames)} ${pick(words.trades)}`;
    case 'phase':
      return pick(phases);
  }
}

function personName({ pick, chance }: Random): Value {
  const name = { given: pick(words.givenNames), family: pick(words.familyNames) };
  return chance(0.6) ? { ...name, middle: pick(words.middleNames) } : name;
}

function tradeName({ pick }: Random): string {
  return `${pick(words.tradeNames)} ${pick(words.trades)}`;
}

function mailbox({ pick, chance }: Random): string {
  const name = `${pick(words.givenNames)}.${pick(words.familyNames)}`.normalize('NFD').replace(/[^A-Za-z.]/g, '');
  return chance(0.5) ? name : name.toLowerCase();
}

function address({ pick, integer, chance }: Random): Value {
  const place = pick(words.places);
  const street = `${integer(1, 19_999)} ${pick(words.streets)}`;
  const unit = `${pick(['Apt', 'Unit', 'Suite'])} ${integer(1, 90)}`;
  return {
    lines: chance(0.25) ? [street, unit] : [street],
    locality: place.locality,
    region: place.region,
    postalCode: place.zip + String(integer(0, 99)).padStart(2, '0'),
    country: 'US',
  };
}

/** A day and the seconds of it, as words. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}
