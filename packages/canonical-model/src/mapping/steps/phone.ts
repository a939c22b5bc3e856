import type { StepDocument } from '../document.ts';
import { Failure, losesNothing, type Step } from './step.ts';

/** The digits of one country's numbers, without its code: "2025550143" is +12025550143 under the code 1. */
export function nationalNumberStep({ countryCode, digits }: Extract<StepDocument, { step: 'nationalNumber' }>): Step {
  const national = new RegExp(`^\\d{${digits}}$`);
  const prefix = `+${countryCode}`;
  return {
    takes: 'text',
    gives: 'phone',
    loses: losesNothing,
    read: (value) =>
      national.test(value as string)
        ? prefix + (value as string)
        : new Failure('not-a-national-number', `This is not a phone number of exactly ${digits} digits.`),
    write: (value) => {
      const number = value as string;
      const rest = number.slice(prefix.length);
      return number.startsWith(prefix) && national.test(rest)
        ? rest
        : new Failure('foreign-number', `The system keeps only numbers of ${prefix} with ${digits} digits.`);
    },
  };
}
