import type { Stage } from '../stage.ts';
import type { Arm } from './arm.ts';
import { CallAndResponse } from './call-and-response.ts';
import { Hub } from './hub.ts';
import { Optimistic, type Form } from './optimistic.ts';
import { Pessimistic } from './pessimistic.ts';

export const armIds = [
  'call',
  'changes-one-way',
  'whole-one-way',
  'changes-two-way',
  'whole-two-way',
  'changes-marked',
  'pessimistic',
  'hub',
] as const;
export type ArmId = (typeof armIds)[number];

const optimistic = (form: Form) => (stage: Stage) => new Optimistic(stage, form);

/** All that are played, each with its name and what it is in a sentence. */
export const arms: Readonly<Record<ArmId, { label: string; says: string; make: (stage: Stage) => Arm }>> = {
  call: {
    label: 'Call and response',
    says: 'One system keeps each value; the other asks each time.',
    make: (stage) => new CallAndResponse(stage),
  },
  'changes-one-way': {
    label: 'Optimistic 1.A, one way',
    says: 'One system tells what changed; the other follows.',
    make: optimistic({ tells: 'changes', ways: 1, marks: false }),
  },
  'whole-one-way': {
    label: 'Optimistic 1.B, one way',
    says: 'One system tells the whole row; the other follows.',
    make: optimistic({ tells: 'whole', ways: 1, marks: false }),
  },
  'changes-two-way': {
    label: 'Optimistic 1.A, two ways',
    says: 'Both tell each other what changed.',
    make: optimistic({ tells: 'changes', ways: 2, marks: false }),
  },
  'whole-two-way': {
    label: 'Optimistic 1.B, two ways',
    says: 'Both tell each other whole rows.',
    make: optimistic({ tells: 'whole', ways: 2, marks: false }),
  },
  'changes-marked': {
    label: 'Optimistic 1.A, marked',
    says: 'As 1.A two ways, but nobody tells on what an event changed.',
    make: optimistic({ tells: 'changes', ways: 2, marks: true }),
  },
  pessimistic: {
    label: 'Pessimistic',
    says: 'Events as in 1.A two ways, and a complete refresh.',
    make: (stage) => new Pessimistic(stage),
  },
  hub: {
    label: 'Hub',
    says: 'This product: mastery rules, offers and receipts, and refreshes that hear first.',
    make: (stage) => new Hub(stage),
  },
};
