import {
  assertionRef,
  type AttributeId,
  type Decision,
  type SaidOfPairs,
  type ShownAssertion,
  type Value,
  type ValueDecisions,
} from '@cinch/canonical-model';

/** What the assertions said and when, by their names: a late entry may show later that it was said before. */
type Shown = Record<string, { value: Value | null; at: number }>;

/** A batch, a load, a run, or a stretch of time: in milliseconds since 1970, its end not in it. */
export type TakenBack = { batchId: number } | { loadId: number } | { runId: number } | { from: number; to: number };

/** What a person decided, by kind. Assertions are named as `assertionId` does, records by their ids. */
export interface DecisionBodies {
  choice: { attribute: AttributeId; chosen: string; basis: string[]; shown?: Shown };
  pin: { attribute: AttributeId; recordId: number; value: Value | null; until: number | null };
  answer: { attribute: AttributeId; request: string; accepted: boolean; target: number | null; shown?: Shown };
  reconsider: { attribute: AttributeId; assertions: string[]; shown?: Shown };
  link: { pairs: [number, number][] };
  'not-same': { pairs: [number, number][] };
  exclude: { recordId: number; beside: number | null };
  'confirm-deleted': { recordId: number; base: string };
  reopen: { founder: number; system: string; closings: string[] };
  'take-back': { system: string } & TakenBack;
}
export type DecisionKind = keyof DecisionBodies;

/** A decision of one kind, with what it says. */
export type Decided = { [Kind in DecisionKind]: { kind: Kind; body: DecisionBodies[Kind] } }[DecisionKind];

/** A decision that stands. */
export type StandingDecision = Decided & {
  decisionId: number;
  conflictId: number | null;
  /** The source records that it is about: decisions are anchored on these, not on customers. */
  records: number[];
  reason: string;
  by: string;
  at: number;
};

function ofKind<Kind extends DecisionKind>(decisions: readonly StandingDecision[], kind: Kind) {
  return decisions.filter((one): one is Extract<StandingDecision, { kind: Kind }> => one.kind === kind);
}

function asShown(id: string, shown: Shown | undefined): ShownAssertion {
  return { ...assertionRef(id), ...shown?.[id] };
}

/** The decisions about values, as survivorship takes them. */
export function valueDecisions(decisions: readonly StandingDecision[]): ValueDecisions {
  return {
    choices: ofKind(decisions, 'choice').map(({ decisionId, body: { attribute, chosen, basis, shown } }) => {
      return { decisionId, attribute, chosen: asShown(chosen, shown), basis: basis.map((id) => asShown(id, shown)) };
    }),
    pins: ofKind(decisions, 'pin').map(({ decisionId, at, body }) => ({ decisionId, at, ...body })),
    answers: ofKind(decisions, 'answer').map(({ decisionId, body: { request, shown, ...rest } }) => {
      return { decisionId, ...rest, request: asShown(request, shown) };
    }),
    reconsidered: ofKind(decisions, 'reconsider').map(({ decisionId, body: { attribute, assertions, shown } }) => {
      return { decisionId, attribute, assertions: assertions.map((id) => asShown(id, shown)) };
    }),
  };
}

/** The decisions about who is who, as clustering takes them. */
export function saidOfPairs(decisions: readonly StandingDecision[]): SaidOfPairs {
  return {
    links: ofKind(decisions, 'link').flatMap(({ body }) => body.pairs),
    separations: ofKind(decisions, 'not-same').flatMap(({ body }) => body.pairs),
  };
}

/** The decision as the pure core weighs it against others; one about several pairs of records is one for each. */
export function asDecisions(standing: StandingDecision): Decision[] {
  const { decisionId } = standing;
  switch (standing.kind) {
    case 'choice':
      return valueDecisions([standing]).choices.map((choice) => ({ ...choice, kind: 'choice' }));
    case 'pin':
      return valueDecisions([standing]).pins.map((pin) => ({ ...pin, kind: 'pin' }));
    case 'link':
      return standing.body.pairs.map((records) => ({ kind: 'link', decisionId, records }));
    case 'not-same':
      return standing.body.pairs.map((records) => ({ kind: 'not-same', decisionId, records }));
    case 'exclude':
      return [{ kind: 'exclude', decisionId, ...standing.body }];
    case 'confirm-deleted':
      return [{ kind: 'confirm-deleted', decisionId, ...standing.body }];
    case 'reopen':
      return [{ kind: 'reopen', decisionId, ...standing.body }];
    case 'answer':
    case 'reconsider':
    case 'take-back':
      return [];
  }
}

/** A decision in words for whoever is about to contradict it. No values. */
export function wordsOf({ kind, by, at, reason }: StandingDecision): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return `${kindWords[kind]} of ${day} by ${by}${reason ? `: ${reason}` : ''}`;
}

const kindWords: Record<DecisionKind, string> = {
  choice: 'the choice',
  pin: 'the pin',
  answer: 'the answer',
  reconsider: 'the reconsideration',
  link: 'the link',
  'not-same': 'the not-same',
  exclude: 'the exclusion',
  'confirm-deleted': 'the confirmed delete',
  reopen: 'the reopening',
  'take-back': 'the taking back',
};
