import type { Json } from '../../json.ts';
import { inThousands, parts } from './part.ts';
import { groupShape } from './shape.ts';
import { sumOfAmounts } from './sum-of-amounts.ts';

interface MoneyValue {
  [member: string]: string;
  amount: string;
  currency: string;
}

const { amount, currency } = parts;

export const money = groupShape(
  { amount, currency },
  {
    code: 'not-money',
    needs: ['amount', 'currency'],
    words: (value) => `${inThousands(of(value).amount)} ${of(value).currency}`,
    order: (value) => Number(of(value).amount),
    sum: (values) => ({
      amount: sumOfAmounts(values.map((value) => of(value).amount)),
      currency: of(values[0]!).currency,
    }),
    strategies: ['minimum', 'maximum', 'sum'],
  },
);

function of(value: Json): MoneyValue {
  return value as MoneyValue;
}
