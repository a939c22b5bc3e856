import { standardPhone, withoutExtension, writtenPhone } from '../../customer/phone-number.ts';
import type { StepDocument } from '../document.ts';
import { Failure, type Step } from './step.ts';

/**
 * The digits of one country's numbers, without its code: "2025550143" is +12025550143 under the code 1. Numbers that people wrote in
 * another way, or with their country code, are read by the numbering plan; an extension has no place there.
 */
export function nationalNumberStep({ countryCode, digits }: Extract<StepDocument, { step: 'nationalNumber' }>): Step {
  const national = new RegExp(`^\\d{${digits}}$`);
  const prefix = `+${countryCode}`;
  const isOf = (number: string) => number.startsWith(prefix) && national.test(number.slice(prefix.length));
  const failure = new Failure(
    'not-a-national-number',
    `This is not a phone number of ${prefix} with ${digits} digits.`,
  );
  return {
    takes: 'text',
    gives: 'phone',
    loses: { onRead: true, onWrite: true },
    read: (value) => {
      if (national.test(value as string)) return prefix + (value as string);
      const read = standardPhone(value as string, countryCode);
      if (read instanceof Failure) return failure;
      const number = withoutExtension(read);
      return isOf(number) ? number : failure;
    },
    write: (value) => {
      const number = withoutExtension(value as string);
      return isOf(number)
        ? number.slice(prefix.length)
        : new Failure('foreign-number', `The system keeps only numbers of ${prefix} with ${digits} digits.`);
    },
  };
}

/** A number as the country's people write it, or with its country code. Read, it is what the canonical place makes of it. */
export function phoneStep({ written }: Extract<StepDocument, { step: 'phone' }>, country: string | null): Step {
  return {
    takes: 'text',
    gives: 'phone',
    loses: { onRead: true, onWrite: false },
    read: (value) => value,
    write: (value) => writtenPhone(value as string, written === 'national' ? country : null),
  };
}
