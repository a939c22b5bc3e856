import type { MatchFieldList } from '@cinch/api-contract';
import { countOf, inWords, sentenceCase } from '../../texts.ts';
import type { Difference } from '../../components/versions/version-difference.tsx';
import { kinds, type Kind, type MatchModel } from './model-shape.ts';

/** A field that is compared, or whose values are counted. */
export const fieldInWords = inWords({
  given: 'Given name',
  family: 'Family name',
  middle: 'Middle name',
  suffix: 'Suffix of the name',
  birthDate: 'Birth date',
  email: 'E-mail',
  word: 'Word of a name',
  place: 'Town and postal code',
  postcode: 'Postal code',
});

const kindNames: Record<Kind, string> = { person: 'Persons', organization: 'Organisations' };
export const kindInWords = (kind: Kind): string => kindNames[kind];

const genericLists = inWords({
  names: 'Names that stand for unknown',
  persons: 'Whole names that stand for nobody',
  dates: 'Dates that stand for unknown',
  emails: 'E-mail addresses that stand for none',
  phones: 'Phones that stand for none',
  identifiers: 'Identifiers that stand for none',
  mailboxes: 'Mailboxes that many share',
});

const signed = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 4 });
/** All that the model says of it: two that differ read differently. */
export const bitsOf = (bits: number): string =>
  `${signed.format(bits).replace('-', '−')} ${Math.abs(bits) === 1 ? 'bit' : 'bits'}`;
const figure = (count: number): string => count.toLocaleString('en');
const yes = (is: boolean): string => (is ? 'yes' : 'no');

type Lines = Map<string, string>;

/** What the model says, place by place, in words; lists are told by what is on them. */
function linesOf(model: MatchModel, fields: MatchFieldList): Lines {
  const { thresholds, blocks, identifiers } = model;
  const { exclusive, checkDigits, authoritative } = identifiers.national;
  const lines: Lines = new Map([
    ['Linked by the hub from', bitsOf(thresholds.link)],
    ['A person is asked from', bitsOf(thresholds.review)],
    ['A match is unsure below', bitsOf(thresholds.unsure)],
    ['A rival is as good within', bitsOf(thresholds.rival)],
    ['A clue besides the name is strong from', bitsOf(thresholds.strong)],
    ['Records that a record might be mistaken for', figure(model.population)],
    ['Further records expected of a customer', String(model.matchesPerRecord)],
    ['Records that may share a strong key', figure(blocks.limit)],
    ['Records that may share a weak key', figure(blocks.weakLimit)],
    ['How often a crowded key is split', figure(blocks.deepest)],
    ['Records of one customer at most', figure(model.largestCluster)],
    ['Systems that hold nobody twice', model.duplicateFree?.join(', ') || 'none'],
    ['Nobody has two national identifiers', yes(exclusive)],
    ['Check digits of national identifiers', checkDigits],
    ['Systems whose identifiers are believed', authoritative.join(', ') || 'none'],
  ]);
  for (const kind of kinds) weightLines(model, kind, fields, lines);
  for (const [field, { values, counts }] of Object.entries(model.frequencies))
    lines.set(`How often values come: ${fieldInWords(field)}`, frequencyInWords({ values, counts }));
  return lines;
}

function weightLines(model: MatchModel, kind: Kind, { kinds: known }: MatchFieldList, lines: Lines): void {
  const rival = kind === 'person' ? 'somebody of the same house' : 'a sister site';
  lines.set(`${kindInWords(kind)}: before anything is compared, against ${rival}`, bitsOf(model[kind].housemate));
  for (const { field, levels } of known.find((one) => one.kind === kind)?.fields ?? []) {
    for (const { level, label } of levels) {
      const weights = (model[kind].levels[field] ?? model[kind].traits?.[field])?.[level];
      if (weights)
        lines.set(
          `${kindInWords(kind)}: ${label}`,
          `${bitsOf(weights[0])} against a stranger, ${bitsOf(weights[1])} against ${rival}`,
        );
    }
  }
}

/** How many frequent values a model names, and among how many it counted them. */
function frequencyInWords({ values, counts }: MatchModel['frequencies'][string]): string {
  return `${countOf(Object.keys(counts).length, 'frequent value')} among ${countOf(values, 'record')}`;
}

/** Place by place what the one model says and the other does not. */
export function modelDifferences(before: MatchModel, after: MatchModel, fields: MatchFieldList): Difference[] {
  const [one, other] = [linesOf(before, fields), linesOf(after, fields)];
  const places = [...new Set([...one.keys(), ...other.keys()])];
  const plain = places.map((of) => ({
    of,
    before: one.get(of) ?? 'not counted: all values are middling rare',
    after: other.get(of) ?? 'not counted: all values are middling rare',
  }));
  const lists = [...new Set([...Object.keys(before.generic), ...Object.keys(after.generic)])].map((list) =>
    listDifference(genericLists(list), before.generic[list] ?? [], after.generic[list] ?? []),
  );
  const counts = Object.keys(after.frequencies).flatMap((field) => recounted(field, before, after));
  const shared = (['phones', 'emails', 'houses', 'dates'] as const).map((kind) =>
    listDifference(sharedInWords[kind], ...valuesOf(before, kind), ...valuesOf(after, kind)),
  );
  return [...plain, ...lists, ...shared, ...counts].filter((line) => line.before !== line.after);
}

const sharedInWords = {
  phones: 'Phones that more share than one household',
  emails: 'E-mail addresses that more share than one household',
  houses: 'Houses that more share than one household',
  dates: 'Birth dates that more share than have them',
};

function valuesOf({ shared }: MatchModel, kind: keyof typeof sharedInWords): [readonly string[]] {
  return [Object.keys(shared?.[kind] ?? {})];
}

function listDifference(of: string, before: readonly string[], after: readonly string[]): Difference {
  const only = (list: readonly string[], other: readonly string[]) => list.filter((one) => !other.includes(one));
  const told = (values: readonly string[]) => (values.length === 0 ? 'the same' : `also ${values.join(', ')}`);
  return { of: sentenceCase(of), before: told(only(before, after)), after: told(only(after, before)) };
}

/** As many values, but other ones or otherwise often: told apart only where the figures do not tell it. */
function recounted(field: string, before: MatchModel, after: MatchModel): Difference[] {
  const [was, is] = [before.frequencies[field], after.frequencies[field]];
  if (!was || !is || frequencyInWords(was) !== frequencyInWords(is)) return [];
  const values = [...new Set([...Object.keys(was.counts), ...Object.keys(is.counts)])];
  const changed = values.filter((value) => was.counts[value] !== is.counts[value]).length;
  const of = `How often values come: ${fieldInWords(field)}`;
  return changed === 0
    ? []
    : [{ of, before: 'as counted then', after: `${countOf(changed, 'value')} come otherwise often` }];
}
