import type { AttributeShape } from '../customer/attributes.ts';
import type { GroupShape } from '../customer/canonical-value.ts';
import type { Flow } from './steps/step.ts';

/** What the native place of an attribute holds when its entry has no steps. Groups but a name are mapped by their members. */
export const restFlow = {
  name: 'name',
  date: 'date',
  instant: 'instant',
  e164: 'phone',
  email: 'text',
  identifier: 'text',
  count: 'number',
  phase: 'text',
  consent: 'text',
} as const satisfies Record<Exclude<AttributeShape, GroupShape> | 'name', Flow>;

const memberFlows: Record<string, Flow> = {
  lines: 'lines',
  verified: 'boolean',
  number: 'phone',
  purchasedAt: 'date',
  validFrom: 'date',
  validTo: 'date',
};

/** What the native place of a member holds when it has no steps. */
export function memberFlow(member: string): Flow {
  return memberFlows[member] ?? 'text';
}

/** What the steps of a place may give. */
export function wantedFlows(rest: Flow): readonly Flow[] {
  return rest === 'date' || rest === 'phone' || rest === 'instant' ? [rest, 'text'] : [rest];
}
