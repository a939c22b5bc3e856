import { modelInForce } from '../../platform/model-in-force.ts';
import type { SplitPreview } from '@cinch/api-contract';
import type { Pin, Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { ForeseenSplit } from '../../pipeline/identify.ts';
import { wordsOf } from '../../stages/decisions/decision.ts';
import { instant } from '../instant.ts';
import { RecordNames } from '../records/record-names.ts';

/** What a split would mean, for a reader. */
export async function splitShown(tx: Tx, { stay, leave, contradicted }: ForeseenSplit): Promise<SplitPreview> {
  const names = await RecordNames.of(tx, [...stay.records, ...leave.records]);
  const model = await modelInForce(tx);
  const shown = ({ records, loses }: ForeseenSplit['stay']) => ({
    records: records.map((recordId) => ({ recordId, ...names.get(recordId) })),
    loses: loses.map((pin) => pinShown(pin, model)),
  });
  const contradicts = contradicted.map((one) => ({
    decisionId: one.decisionId,
    kind: one.kind,
    words: wordsOf(one),
  }));
  return { stay: shown(stay), leave: shown(leave), contradicts };
}

function pinShown({ decisionId, attribute, value, until }: Pin, model: Model): SplitPreview['stay']['loses'][number] {
  return {
    decisionId,
    attribute,
    label: model.labelOf(attribute),
    value,
    display: model.words(attribute, value),
    until: until === null ? null : instant(until),
  };
}
