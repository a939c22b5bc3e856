import { Injectable } from '@nestjs/common';
import type { Revealed } from '@cinch/api-contract';
import { entriesOf, itemListOf, type GoldenAttribute, type GoldenAttributes, type Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { inOrder } from '../attributes.ts';
import { RecordNames } from '../records/record-names.ts';

@Injectable()
export class RevealQueries {
  /** What is golden of an attribute or of the items of a list, and what records say that it survived from. */
  async of(tx: Tx, customerId: number, asked: string, model: Model): Promise<Revealed> {
    const [row] = await tx.query<{ attributes: string }>('select attributes from golden where customer_id = $1', [
      customerId,
    ]);
    const all = entriesOf<GoldenAttribute>(row ? (JSON.parse(row.attributes) as GoldenAttributes) : {});
    const own = inOrder(
      all.filter(([attribute]) => attribute === asked || itemListOf(attribute) === asked),
      model,
    );
    const spoken = own.flatMap(([attribute, { value, from, losers }]) =>
      [{ ...from, value }, ...losers].map((said) => ({ attribute, ...said })),
    );
    const names = await RecordNames.of(
      tx,
      spoken.map(({ recordId }) => recordId),
    );
    const label = model.labelOf(asked);
    return {
      attribute: asked,
      label,
      golden: own.map(([attribute, { value }]) => ({
        attribute,
        label,
        value,
        display: model.words(attribute, value),
      })),
      said: spoken.map((said) => ({
        attribute: said.attribute,
        label,
        display: model.words(said.attribute, said.value),
        ...names.speakerOf(said),
      })),
    };
  }
}
