import { describe, expect, it } from 'vitest';
import { households } from '@cinch/demo-population/households';
import { generated } from '../../../../scripts/linkage/generated.ts';
import { historical, type LabelledRecord } from '../../../../scripts/linkage/data.ts';
import { senzing } from '../../../../scripts/linkage/truth-sets.ts';
import { Random } from '../histories/random.ts';
import { hubOf } from './hub-of.ts';
import { arrival, customersIn, featuresOf } from './sets.ts';

/** `npm run orders`: the public sets in many orders of arrival, and the same few records among ever more strangers. */
const folder = process.env['ORDERS_DATA']!;
const numberIn = (name: string) => Number(process.env[name]);
const among = process.env['ORDERS_AMONG']!.split(',').map(Number);
const hours = 4 * 60 * 60_000;

const sets: [name: string, orders: number, read: () => LabelledRecord[]][] = [
  ['Senzing', numberIn('ORDERS'), () => senzing(folder, 3)],
  ['historical', numberIn('ORDERS_HISTORICAL'), () => historical(folder)],
];

describe.each(sets)('%s', (set, orders, read) => {
  it(
    `is the same customers in ${orders} orders of arrival`,
    () => {
      const records = featuresOf(read());
      const first = customersIn(records, arrival(records.length, new Random(1)));
      let other = 0;
      for (let order = 2; order <= orders; order += 1)
        if (String(customersIn(records, arrival(records.length, new Random(order)))) !== String(first)) other += 1;
      console.log(
        `${set}: ${records.length} records, ${first.length} customers, ${other} of ${orders} orders otherwise`,
      );
      expect(other).toBe(0);
    },
    hours,
  );

  it(
    'is the same customers in the hub, pushed in pieces, its systems registered from the last to the first',
    async () => {
      const hub = await hubOf(new Random(5).shuffled(read()));
      try {
        const [stored, atOnce] = [await hub.stored(), await hub.atOnce()];
        console.log(`${set}: hub ${stored.length} customers, memory ${atOnce.length}`);
        expect(stored).toEqual(atOnce);
      } finally {
        await hub.close();
      }
    },
    hours,
  );
});

describe('28 records', () => {
  it(
    `end alike among ${among.join(', ')} others`,
    () => {
      const house = households({ seed: 1, people: 20 }).map(({ system, key, of: { kind }, said }): LabelledRecord => {
        return { id: key, system, entity: null, kind, said };
      });
      // People of one house, and of the strangers the first: their names, towns and phones come again among the others.
      const own = [...house.slice(0, 14), ...generated(14)].map(({ system, id }) => `${system}|${id}`);
      const isOwn = new Set(own);
      const ends = among.map((size) => {
        const all = featuresOf([...house.slice(0, 14), ...generated(size)]);
        const customers = customersIn(all, arrival(all.length, new Random(size)));
        const pieces = customers
          .map((names) => names.split(' ').filter((name) => isOwn.has(name)))
          .filter((one) => one.length > 0);
        console.log(`28 among ${all.length - 28}: ${pieces.length} pieces`);
        return pieces.map(String);
      });
      for (const one of ends) expect(one).toEqual(ends[0]);
    },
    hours,
  );
});
