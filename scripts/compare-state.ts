// npm run compare-state -- LEFT_DATABASE_URL RIGHT_DATABASE_URL [--without=history]
import { compareState, inWords } from './compare-state/compare.ts';

const given = process.argv.slice(2);
const without = given.flatMap((one) => /^--without=(.+)$/.exec(one)?.[1]?.split(',') ?? []);
const [left, right, ...more] = given.filter((one) => !one.startsWith('--without='));

if (!left || !right || more.length > 0) {
  console.error(
    'Name the databases of two hubs: npm run compare-state -- postgres://… postgres://… [--without=history]\n' +
      'It compares what both have come to, whatever their ids. The order in which values came (history) is equal only\n' +
      'where both heard of them in the same order. Differences are printed with their values: personal data.',
  );
  process.exit(2);
}
const { compared, differences, differing } = await compareState(left, right, { without });
const looked = Object.entries(compared).map(([section, n]) => `${n} ${section}`);
for (const difference of differences) console.log(inWords(difference));
if (differing > differences.length) console.log(`… and ${differing - differences.length} more`);
console.log(`${differing === 0 ? 'equal' : `${differing} differences`}: ${looked.join(', ')}`);
process.exitCode = differing === 0 ? 0 : 1;
