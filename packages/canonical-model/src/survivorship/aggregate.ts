import type { Value } from '../customer/attributes.ts';
import type { Attribute } from '../customer/model/model.ts';
import { byText } from '../facts/by-text.ts';
import { flipOf } from './flip.ts';
import type { Matter, Outcome } from './outcome.ts';
import { divide } from './ownership.ts';
import { judgeOutsiders } from './requests.ts';
import type { Rule, RuleOf } from './rules.ts';
import { losersOf, lost, refOf, type Vote } from './vote.ts';

type AggregateRule = RuleOf<'sum' | 'minimum' | 'maximum'>;

/** Whether the rule puts the values of several records together, which is what an account-level total is. */
export function isAggregate(rule: Rule, { level }: Pick<Attribute, 'level'>): rule is AggregateRule {
  if (rule.strategy === 'sum') return true;
  const isTotal = rule.strategy === 'minimum' || rule.strategy === 'maximum';
  return isTotal && level === 'account';
}

/** What the values of all the owner's records amount to. Where the owner has said nothing, nothing is known. */
export function decideByAggregate(matter: Matter, rule: AggregateRule): Outcome {
  const { roll, hearing, phases } = matter;
  const { owner, owned, outsiders } = divide(roll.standing, rule, phases);
  // A record's value is of that record: what a steward once said of the customer is no part.
  const spoken = owned.filter((vote) => vote.member !== null);
  const { parts, foreign } = inOneCurrency(spoken.filter((vote) => vote.value !== null));
  const from = leading(parts, rule) ?? spoken[0];
  const value = from ? amountTo(parts, rule, from) : null;

  const ownership = { owner, owned: spoken, value, at: from?.at ?? -Infinity };
  const others = judgeOutsiders(outsiders, ownership, hearing.decisions.answers, hearing.members);
  if (!from) return { golden: null, conflict: null, requests: others.requests, recheckAt: null };

  const rest = spoken.filter((vote) => vote !== from && !foreign.includes(vote));
  const explained = {
    rule: rule.strategy,
    losers: losersOf([
      ...roll.absent,
      ...lost(rest, 'part'),
      ...lost([...foreign, ...owned.filter((vote) => vote.member === null)], 'outranked'),
      ...others.lost,
    ]),
  };
  const golden = {
    value,
    ...explained,
    from: refOf(from),
    at: from.at,
    decisionId: null,
    owner,
    flip: flipOf(explained),
  };
  return { golden, conflict: null, requests: others.requests, recheckAt: null };
}

/** Amounts of two currencies cannot be put together: the currency that most records use counts, of two the greater code. */
function inOneCurrency(votes: readonly Vote[]): { parts: Vote[]; foreign: Vote[] } {
  const byCurrency = Map.groupBy(votes, currencyOf);
  const [main] = [...byCurrency].toSorted(([a, x], [b, y]) => y.length - x.length || byText(b, a));
  const parts = main?.[1] ?? [];
  return { parts, foreign: votes.filter((vote) => !parts.includes(vote)) };
}

/** What is no amount has none, and goes together. */
function currencyOf({ value }: Pick<Vote, 'value'>): string {
  return (value as { currency?: string }).currency ?? '';
}

/** The part that the aggregate is named by: the latest of a sum, the latest of the smallest or of the greatest. */
function leading(parts: readonly Vote[], { strategy }: AggregateRule): Vote | undefined {
  if (strategy === 'sum') return parts[0];
  const sign = strategy === 'minimum' ? 1 : -1;
  const standing = ({ of, value }: Vote) => of.shape.order?.(value!) ?? 0;
  return parts.toSorted((a, b) => sign * (standing(a) - standing(b)))[0];
}

/** @param from the part that the aggregate is named by */
export function amountTo(
  parts: readonly Pick<Vote, 'value'>[],
  { strategy }: AggregateRule,
  from: Pick<Vote, 'of' | 'value'>,
): Value | null {
  if (strategy !== 'sum' || parts.length === 0) return from.value;
  const { sum } = from.of.shape;
  return sum ? sum(parts.map((part) => part.value!)) : from.value;
}
