import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelAsShipped } from '../customer/model/model.ts';
import { RecordHistory, propertyRuns } from '../facts/fixtures.ts';
import { Folding } from '../facts/folding.ts';
import type { Json } from '../json.ts';
import { noDecisions, type Choice } from './golden.ts';
import { shippedRules, type RuleDocument } from './rules.ts';
import { Survival } from './survival.ts';
import { survive } from './survive.ts';

const step = fc.record({
  of: fc.constantFrom('adipose', 'bellyfat'),
  what: fc.constantFrom('push', 'offer and receipt', 'delete', 'choose', 'wait'),
  phone: fc.constantFrom('2025550111', '2025550122', '2025550133', null),
  status: fc.constantFrom('A', 'I'),
});

/** Rules of which each looks at something else: time, the phase, another attribute, nothing but the votes. */
const rules: RuleDocument = {
  ...shippedRules,
  attributes: {
    ...shippedRules.attributes,
    'email.primary': { strategy: 'follow', attribute: 'phone.primary' },
    'address.primary': { strategy: 'owner-by-phase', owners: { active: 'adipose', dormant: 'bellyfat' } },
    'phone.primary': {
      strategy: 'trust',
      systems: {
        adipose: { initial: 90, floor: 10, decayDays: 20 },
        bellyfat: { initial: 60, floor: 50, decayDays: 90 },
      },
    },
  },
};

function ownRow(place: number, phone: string | null, status: string): Record<string, Json> {
  if (place === 0) return { phone, status };
  const phones = phone === null ? [] : [{ e164: `+1${phone}`, primary: true }];
  return { status: status === 'A' ? 'active' : 'dormant', phones };
}

describe('what survives, asked again and again', () => {
  it('is the same as what survives asked once, whatever is said, decided or over in between', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const histories = [new RecordHistory('adipose', 1).push(1), new RecordHistory('bellyfat', 2).push(2)] as const;
        const foldings = histories.map((one) => new Folding(one.lens, 'person', one.entries));
        const filed = histories.map((one) => one.entries.length);
        const survival = new Survival();
        const choices: Choice[] = [];
        const decisions = { ...noDecisions, choices };
        steps.forEach(({ of, what, phone, status }, index) => {
          const minute = (index + 1) * 20_000;
          const place = of === 'adipose' ? 0 : 1;
          const history = histories[place];
          if (what === 'push') history.push(minute, ownRow(place, phone, status));
          else if (what === 'delete') history.delete(minute);
          else if (what === 'offer and receipt') {
            const supplier = { recordId: 2 - place, decisionId: null };
            history.offer(minute, `d${minute}`, { 'phone.primary': phone && `+1${phone}` }, supplier);
            history.receipt(minute + 1, `d${minute}`, place === 0 ? { phone } : {});
          }
          histories.forEach((one, at) => {
            for (const entry of one.entries.slice(filed[at])) foldings[at]!.add(entry);
            filed[at] = one.entries.length;
          });
          const members = histories.map((one, at) => {
            const { state } = foldings[at]!;
            return { recordId: one.recordId, lens: one.lens, state, tombstoned: state.deleted !== null };
          });
          const input = { members, decisions, rules, model: modelAsShipped, asOf: (minute + 5) * 60_000 };
          const now = survival.of(input);
          expect(now).toEqual(survive(input));
          const [conflict] = now.conflicts;
          if (what === 'choose' && conflict) {
            const { attribute, candidates } = conflict;
            choices.push({ decisionId: choices.length + 1, attribute, chosen: candidates[0]!, basis: candidates });
          }
        });
      }),
      { ...propertyRuns, numRuns: Math.min(60, propertyRuns.numRuns) },
    );
  });
});
