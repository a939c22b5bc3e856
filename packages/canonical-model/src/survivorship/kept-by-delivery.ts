import type { AttributeId } from '../customer/attributes.ts';
import { canonicalJson } from '../json.ts';
import type { Survived } from './golden.ts';
import type { Hearing } from './roll.ts';
import type { RuleDocument } from './rules.ts';
import { survive } from './survive.ts';

/** The attributes with superseded values that would have another value if those counted again. */
export function keptByDelivery(after: Survived, hearing: Hearing, rules: RuleDocument): AttributeId[] {
  const losersOf = (attribute: AttributeId) => after.attributes[attribute]!.losers;
  const concerned = (Object.keys(after.attributes) as AttributeId[]).filter((attribute) =>
    losersOf(attribute).some(({ why }) => why === 'superseded'),
  );
  if (concerned.length === 0) return [];
  const asked = concerned.map((attribute) => ({ decisionId: 0, attribute, assertions: losersOf(attribute) }));
  const reconsidered = [...hearing.decisions.reconsidered, ...asked];
  const revived = survive({ ...hearing, decisions: { ...hearing.decisions, reconsidered }, rules });
  return concerned.filter((attribute) => textOf(revived, attribute) !== textOf(after, attribute));
}

function textOf({ attributes }: Survived, id: AttributeId): string {
  const golden = attributes[id];
  return golden ? canonicalJson(golden.value) : '';
}
