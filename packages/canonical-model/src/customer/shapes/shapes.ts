import { address } from './address.ts';
import { code } from './code.ts';
import { count } from './count.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import { identifier } from './identifier.ts';
import { instant } from './instant.ts';
import { longText } from './long-text.ts';
import { money } from './money.ts';
import { name } from './name.ts';
import { number } from './number.ts';
import { phase } from './phase.ts';
import { phone } from './phone.ts';
import type { Shape } from './shape.ts';
import { text } from './text.ts';
import { yesNo } from './yes-no.ts';

/**
 * Canonical shape of an attribute's value. `date` is an ISO calendar date, `instant` an ISO instant in UTC, `phone` a number such as
 * +12025550143, `money` an amount as decimal text with its currency, `count` a whole number, `yesNo` *yes* or *no* (unknown is the
 * absence of a value), `phase` a state of the customer's lifecycle.
 */
export const shapeIds = [
  'name',
  'date',
  'instant',
  'phone',
  'email',
  'address',
  'identifier',
  'money',
  'number',
  'count',
  'yesNo',
  'code',
  'text',
  'longText',
  'phase',
] as const;
export type ShapeId = (typeof shapeIds)[number];

/** All that there are: one that is forgotten does not compile. */
export const shapes: Readonly<Record<ShapeId, Shape>> = {
  name,
  date,
  instant,
  phone,
  email,
  address,
  identifier,
  money,
  number,
  count,
  yesNo,
  code,
  text,
  longText,
  phase,
};
