import type { MatchingRole as Role } from './canonical-model.ts';
import { shapeIds, shapes, type ShapeId } from '../shapes/shapes.ts';
import { shapesOfRole } from './entry-problems.ts';

interface Words {
  label: string;
  /** For whoever chooses a shape: what its values are, with an example. */
  means: string;
}

/** What shapes are called where somebody chooses one. */
const shapeWords: Readonly<Record<ShapeId, Words>> = {
  name: { label: 'Name', means: 'Of a person, in parts, or of an organisation' },
  date: { label: 'Day', means: 'A day of the calendar, such as 1980-01-31' },
  instant: { label: 'Instant', means: 'A moment in UTC, such as 2026-03-01T08:15:30Z' },
  phone: { label: 'Phone', means: 'A phone number in full, such as +12025550143' },
  email: { label: 'E-mail', means: 'An e-mail address, such as jo.doe@example.com' },
  address: { label: 'Postal address', means: 'Lines, town, region, postal code and country' },
  identifier: { label: 'Identifier', means: 'A number that a register gave out, in one scheme' },
  money: { label: 'Money', means: 'An amount with its currency, such as 2500.00 EUR' },
  number: { label: 'Number', means: 'A measure, such as a score' },
  count: { label: 'Count', means: 'A whole number, such as how many employees' },
  yesNo: { label: 'Yes or no', means: 'Yes or no; unknown is the absence of a value' },
  code: { label: 'Code', means: 'One of few values that systems share, such as an industry' },
  text: { label: 'Short text', means: 'Text that is found again, such as an occupation' },
  longText: { label: 'Long text', means: 'Text that is read and not looked for, such as a remark' },
  phase: { label: 'Phase', means: 'A state of the customer’s lifecycle' },
};

/** What an attribute may tell matching, as somebody chooses it. */
const roleWords: Readonly<Record<Role, Words>> = {
  name: { label: 'A name', means: 'Names are compared with all names' },
  date: { label: 'The date of birth', means: 'There is one such date' },
  contact: { label: 'A contact', means: 'Phones and e-mails are compared with all others' },
  place: { label: 'A place', means: 'Addresses are compared with all others' },
  identifier: { label: 'An identifier', means: 'Compared within its scheme; another one contradicts nothing' },
  exclusiveIdentifier: {
    label: 'An exclusive identifier',
    means: 'Compared within its scheme; no two customers share one, and another one tells two apart',
  },
  trait: { label: 'A trait', means: 'Such as an occupation: agreeing says a little' },
};

/** A shape as it is chosen for an attribute. */
interface OfferedShape extends Words {
  shape: ShapeId;
  /** A value may belong to an account. */
  mayBeOfAccount: boolean;
  roles: readonly Role[];
}

/** All shapes, each with what an attribute of it may tell matching. */
export function offeredShapes(): OfferedShape[] {
  return shapeIds.map((shape) => ({
    shape,
    ...shapeWords[shape],
    mayBeOfAccount: shapes[shape].order !== null,
    roles: roles.filter((role) => shapesOfRole[role].includes(shape)),
  }));
}

/** All roles. */
export function offeredRoles(): (Words & { role: Role })[] {
  return roles.map((role) => ({ role, ...roleWords[role] }));
}

const roles = Object.keys(roleWords) as Role[];
