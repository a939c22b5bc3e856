import type { StepDocument } from '../document.ts';
import { Failure, losesNothing, type Step } from './step.ts';

// The places that an amount has at least, whatever the system counts in.
const leastPlaces = 2;

/** Whole numbers of a small unit: 250000 cents are "2500.00". Exact, so never by way of a fraction. */
export function scaleStep({ places }: Extract<StepDocument, { step: 'scale' }>): Step {
  return {
    takes: 'number',
    gives: 'text',
    loses: losesNothing,
    read: (value) =>
      Number.isSafeInteger(value)
        ? decimal(BigInt(value as number), places)
        : new Failure('not-a-whole-number', 'An amount is kept here as a whole number of its smallest unit.'),
    write: (value) => wholeNumber(value as string, places),
  };
}

function decimal(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits
    .slice(digits.length - places)
    .replace(/0+$/, '')
    .padEnd(leastPlaces, '0');
  return `${units < 0n ? '-' : ''}${whole}.${fraction}`;
}

function wholeNumber(text: string, places: number): number | Failure {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') return new Failure('not-an-amount', 'This is not an amount such as 2500.00.');
  const exact = fraction.replace(/0+$/, '');
  if (exact.length > places) {
    return new Failure('too-fine', `The system keeps amounts with ${places} decimal places at most.`);
  }
  const units = Number(whole + exact.padEnd(places, '0'));
  if (!Number.isSafeInteger(units)) return new Failure('too-large', 'The system has no whole number as large as this.');
  return sign === '' || units === 0 ? units : -units;
}
