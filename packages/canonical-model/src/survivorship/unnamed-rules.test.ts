import { describe, expect, it } from 'vitest';
import { canonicalModelDocument } from '../customer/model/canonical-model.ts';
import { Model, modelAsShipped } from '../customer/model/model.ts';
import { offeredShapes } from '../customer/model/offered-shapes.ts';
import { shippedRules } from './rules.ts';
import { validateRules } from './validate-rules.ts';

describe('what a rule document does not name', () => {
  it('what is of accounts or a list and not named goes by the rule that the hub falls back to, and needs none of its own', () => {
    const { attributes, ...rest } = modelAsShipped.document;
    const ofAccount = offeredShapes().filter(({ mayBeOfAccount }) => mayBeOfAccount);
    const more = ofAccount.map(({ shape }, n) => {
      return { id: `added${n}`, number: 300 + n, label: `Added ${n}`, shape, level: 'account' };
    });
    const document = canonicalModelDocument.parse({ ...rest, attributes: [...attributes, ...more] });
    const model = new Model(document, 1);
    for (const strategy of ['most-recent', 'longest'] as const) {
      const rules = { format: 1, default: { strategy }, attributes: {} };
      expect(validateRules(rules, model), strategy).toMatchObject({ ok: true });
    }
    expect(validateRules(shippedRules, model), 'a draft of the rules in force').toMatchObject({ ok: true });
  });

  it('the default rule must fit all else that the document does not name', () => {
    const validation = validateRules({ format: 1, default: { strategy: 'consent' }, attributes: {} }, modelAsShipped);
    const missing = validation.ok ? [] : validation.problems.map(({ path, code }) => `${path} ${code}`);
    const ofCustomer = modelAsShipped.plainIds.filter((id) => modelAsShipped.attributeOf(id).level === 'customer');
    expect(missing).toEqual(
      ofCustomer.filter((id) => id !== 'consent.marketing').map((id) => `/attributes/${id} needs-own-rule`),
    );
  });
});
