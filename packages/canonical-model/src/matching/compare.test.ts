import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import type { CustomerKind } from '../customer/attributes.ts';
import { evidenceOf, type Said } from './evidence.ts';
import { explain } from './explain.ts';
import { labelOfLevel, fieldsOf, levelsOf } from './ladders.ts';
import { matchKeysOf } from './match-keys.ts';
import { matchModel, type MatchModel } from './model.ts';
import { PopulationCount } from './population-count.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';
import { edits, isOneEdit, likeness } from './similar.ts';
import { soundOf } from './sounds.ts';

const scorer = new Scorer(shippedModel);

function compared(a: Said, b: Said, { kind = 'person' as CustomerKind, model = shippedModel } = {}) {
  const by = model === shippedModel ? scorer : new Scorer(model);
  const features = (said: Said) => by.features.of(evidenceOf(kind, said, 'adipose', modelAsShipped));
  const [one, other] = [by.compare(features(a), features(b))!, by.compare(features(b), features(a))!];
  expect(other).toEqual(one);
  const levels = Object.fromEntries(
    fieldsOf[kind].flatMap((field, index) =>
      one.levels[index]! < 0 ? [] : [[field, levelsOf(kind, field)[one.levels[index]!]]],
    ),
  );
  return { ...one, levels, told: explain(one, by) };
}

const name = (given: string, family: string, more = {}): Said => ({ name: [{ given, family, ...more }] });

describe('names', () => {
  it.each([
    { a: ['Robert', 'Lee'], b: ['ROBERT', 'lee'], given: 'same', family: 'same' },
    { a: ['Robert', 'Lee'], b: ['Bob', 'Lee'], given: 'nickname', family: 'same' },
    { a: ['Robert', 'Lee'], b: ['R', 'Lee'], given: 'initial', family: 'same' },
    { a: ['Robert', 'Abernathy'], b: ['Robrt', 'Abernaty'], given: 'typo', family: 'typo' },
    { a: ['Robert', 'Ambrose-Whitfield'], b: ['Robert', 'Whitfield'], given: 'same', family: 'part' },
    { a: ['Zoë', 'Østergård'], b: ['Zoe', 'Ostergard'], given: 'same', family: 'same' },
    { a: ['Hall', 'Isla'], b: ['Isla', 'Hall'], given: 'swapped', family: 'swapped' },
    { a: ['Mary', 'Lee'], b: ['John', 'Smith'], given: 'different', family: 'different' },
    { a: ['Mary Ann', 'Lee'], b: ['Mary', 'Lee'], given: 'same', family: 'same' },
    { a: ['Christopher', 'Lee'], b: ['Christoph', 'Lee'], given: 'typo', family: 'same' },
  ])('$a and $b: given name $given, family name $family', ({ a, b, given, family }) => {
    expect(compared(name(a[0]!, a[1]!), name(b[0]!, b[1]!)).levels).toMatchObject({ given, family });
  });

  it('a placeholder is no name', () => {
    expect(compared(name('Unknown', 'Unknown'), name('Unknown', 'Unknown')).levels).toEqual({});
    expect(compared(name('Jane', 'Doe'), name('Jane', 'Doe')).levels).toEqual({});
  });

  it('junior and senior are never linked by themselves, whatever else agrees', () => {
    const { veto, told } = compared(name('John', 'Smith Jr'), name('John', 'Smith Sr'));
    expect(veto).toBe('suffix');
    expect(told.veto!.label).toContain('junior');
  });

  it.each([
    { a: 'Blue Harbor Logistics Inc', b: 'BLUE HARBOR LOGISTICS', level: 'same' },
    { a: 'Blue Harbor Logistics Services', b: 'Blue Harbour Logistic Services', level: 'near' },
    { a: 'Blue Harbor', b: 'Blue Harbor Fishing Supplies', level: 'contained' },
    { a: 'Lincoln School 12', b: 'Lincoln School 14', level: 'some' },
    { a: 'Blue Harbor', b: 'Red Mill', level: 'different' },
  ])('organisations $a and $b: $level', ({ a, b, level }) => {
    const { levels } = compared({ name: [{ legal: a }] }, { name: [{ legal: b }] }, { kind: 'organization' });
    expect(levels).toMatchObject({ name: level });
  });
});

describe('what is compared besides the name', () => {
  it.each([
    { field: 'birthDate', a: { birthDate: ['1980-02-29'] }, b: { birthDate: ['1980-02-29'] }, level: 'same' },
    { field: 'birthDate', a: { birthDate: ['1980-03-04'] }, b: { birthDate: ['1980-04-03'] }, level: 'edit' },
    { field: 'birthDate', a: { birthDate: ['1980-01-01'] }, b: { birthDate: ['1980-01-07'] }, level: 'year' },
    { field: 'birthDate', a: { birthDate: ['1980-03-04'] }, b: { birthDate: ['1951-11-12'] }, level: 'different' },
    { field: 'email', a: { 'email.primary': ['Ann@x.org'] }, b: { 'email.primary': ['ann@X.ORG'] }, level: 'same' },
    {
      field: 'phone',
      a: { 'phone.primary': ['+12025550143'] },
      b: { 'phone.primary': ['+12025550134'] },
      level: 'edit',
    },
    {
      field: 'identifier',
      a: { 'identifier.national': ['53 04218'] },
      b: { 'identifier.national': ['5304218'] },
      level: 'same',
    },
  ] as { field: string; a: Said; b: Said; level: string }[])('$field $level', ({ field, a, b, level }) => {
    expect(compared(a, b).levels).toEqual({ [field]: level });
  });

  it.each([
    { a: '12 High Street, Apt 4', b: '12 High St, Unit 4', address: 'same' },
    { a: '12 High Street, Apt 4', b: '12 High Street, Apt 5', address: 'near' },
    { a: '12 High Street', b: '12 Hihg Street', address: 'near' },
    { a: '12 High Street', b: '40 High Street', address: 'street' },
    { a: '12 High Street', b: '7 Mill Lane', address: 'different' },
  ])('addresses $a and $b: $address', ({ a, b, address }) => {
    const at = (line: string): Said => ({ 'address.primary': [{ lines: [line], postalCode: '62701' }] });
    expect(compared(at(a), at(b)).levels).toEqual({ address, place: 'postcode' });
  });

  it('of several values the two that agree best count', () => {
    const many: Said = { 'phone.primary': ['+12025550143', '+12025550177'] };
    expect(compared(many, { 'phone.primary': ['+12025550177'] }).levels).toEqual({ phone: 'same' });
  });

  it('another identifier parts two records only where the model calls it exclusive and both are sure (rule 24)', () => {
    const pair = [
      { 'identifier.national': ['4539578763621486'] },
      { 'identifier.national': ['6011000990139424'] },
    ] as const;
    const by = (national: MatchModel['identifiers']['national']) => ({
      model: { ...shippedModel, identifiers: { national } },
    });
    expect(compared(...pair).veto).toBeNull();
    expect(compared(...pair, by({ exclusive: true, checkDigits: 'none', authoritative: [] })).veto).toBeNull();
    expect(compared(...pair, by({ exclusive: true, checkDigits: 'luhn', authoritative: [] })).veto).toBe('identifier');
    expect(compared(...pair, by({ exclusive: true, checkDigits: 'none', authoritative: ['adipose'] })).veto).toBe(
      'identifier',
    );
    const slip = { 'identifier.national': ['4539578763621487'] };
    expect(compared(pair[0], slip, by({ exclusive: true, checkDigits: 'none', authoritative: [] })).veto).toBe(
      'nearIdentifier',
    );
  });
});

describe('the weight', () => {
  const ann: Said = {
    ...name('Ann', 'Lee', { middle: 'Q' }),
    birthDate: ['1980-02-29'],
    'email.primary': ['ann.lee@example.com'],
    'address.primary': [{ lines: ['12 High Street'], locality: 'Springfield', postalCode: '62701' }],
  };

  it('is the sum of the bars that explain it, exactly', () => {
    for (const other of [
      ann,
      name('Anne', 'Leigh'),
      { ...ann, birthDate: ['1981-03-01'] },
      { ...ann, ...name('Bo', 'Lee') },
    ]) {
      const { told, weight } = compared(ann, other);
      expect(told.bars.reduce((sum, bar) => sum + Math.round(bar.bits * 10_000), 0)).toBe(weight);
      expect(told.weight).toBe(weight / 10_000);
    }
  });

  it('of a housemate stays low however much the house agrees', () => {
    const bo = { ...ann, ...name('Bo', 'Lee'), birthDate: ['1982-05-01'] };
    expect(compared(ann, bo).weight).toBeLessThan(-30_000);
    expect(compared(ann, ann).weight).toBeGreaterThan(50_000);
  });

  it('persons and organisations are never compared', () => {
    const a = scorer.features.of(evidenceOf('person', ann, 's', modelAsShipped));
    expect(
      scorer.compare(
        a,
        scorer.features.of(evidenceOf('organization', { name: [{ legal: 'Ann Lee' }] }, 's', modelAsShipped)),
      ),
    ).toBeNull();
  });

  it('of a common value is less than that of a rare one, once values were counted', () => {
    const count = new PopulationCount();
    const people = [
      ...Array.from({ length: 900 }, () => 'Smith'),
      ...Array.from({ length: 100 }, (_, index) => `Rare${index}`),
    ];
    for (const family of people) count.add(evidenceOf('person', name('Ann', family), 's', modelAsShipped));
    const model = count.into(shippedModel, '2026-01-01T00:00:00.000Z');
    expect(matchModel.parse(model)).toEqual(model);
    expect(model.population).toBe(1_000);
    const rare = compared(name('Ann', 'Rare7'), name('Ann', 'Rare7'), { model });
    expect(compared(name('Ann', 'Smith'), name('Ann', 'Smith'), { model }).weight).toBeLessThan(rare.weight);
  });
});

describe('the words of an organisation', () => {
  const company = (legal: string): Said => ({ name: [{ legal }] }) as Said;

  it('stay telling where all of its own records have them, once words were counted', () => {
    const others = Array.from({ length: 300 }, (_, at) => company(`Firm${at} Child Care Center`));
    const own = Array.from({ length: 12 }, () => company('Pisgah Child Care Center'));
    const count = new PopulationCount();
    for (const said of [...others, ...own]) count.add(evidenceOf('organization', said, 'adipose', modelAsShipped));
    const model = count.into(shippedModel, '2026-11-01T00:00:00.000Z');
    const by = new Scorer(model);
    const [trade] = by.features.of(evidenceOf('organization', own[0]!, 'adipose', modelAsShipped)).trades;
    const tellingOf = (word: string) => trade!.telling[trade!.words.indexOf(word)]!;
    expect(tellingOf('pisgah')).toBe(1);
    expect(tellingOf('center')).toBe(0.1);
    const told = { kind: 'organization' as const, model };
    expect(compared(company('Pisgah Child Care Center'), company('New Pisgah Day Nursery'), told).levels['name']).toBe(
      'faint',
    );
  });

  it.each([
    ['Young Scholars Developmental Institute', 'El Valor Young Scholars Dev. Ins.', 'most'],
    ['Roseland Child Development', 'Chicago Youth Centers Roseland Child Dev', 'most'],
    ['Talvik Optics', 'Talvik Paper', 'faint'],
    ['Corvus Tools', 'Corvuson Tools', 'faint'],
  ])('%s and %s', (one, other, level) => {
    expect(compared(company(one), company(other), { kind: 'organization' }).levels['name']).toBe(level);
  });
});

describe('the ladders', () => {
  it('the model that ships is valid, and no level weighs less than a worse one', () => {
    expect(matchModel.parse(shippedModel)).toEqual(shippedModel);
    for (const kind of ['person', 'organization'] as const) {
      for (const field of fieldsOf[kind]) {
        const weights = levelsOf(kind, field).map((level) => shippedModel[kind].levels[field]![level]![0]);
        expect(weights, field).toEqual(weights.toSorted((a, b) => a - b));
        for (const level of levelsOf(kind, field)) expect(labelOfLevel(kind, field, level)).not.toBe('');
      }
    }
  });
});

describe('match keys', () => {
  const keysOf = (said: Said, crowded: ReadonlySet<number> = new Set()) =>
    matchKeysOf(scorer.features.of(evidenceOf('person', said, 's', modelAsShipped)), (key) => crowded.has(key), 2);

  it('a crowded key gives way to narrower ones that records with a second clue in common still share', () => {
    const phone = { 'phone.primary': ['+12025550143'] };
    const [ann, anne] = [
      { ...name('Ann', 'Lee'), ...phone },
      { ...name('Anna', 'Lee'), ...phone },
    ];
    const [shared] = keysOf(phone).keys;
    const crowded = new Set([shared!]);
    const [one, other] = [keysOf(ann, crowded), keysOf(anne, crowded)].map(({ keys }) => keys);
    expect(one).not.toContain(shared!);
    expect(one!.some((key) => other!.includes(key))).toBe(true);
    expect(keysOf({ ...name('Bo', 'Ray'), ...phone }, crowded).keys.some((key) => one!.includes(key))).toBe(false);
  });

  it('what is shared by too many however narrow is named, not lost in silence', () => {
    const said = { 'phone.primary': ['+12025550143'] };
    const crowded = new Set<number>();
    for (let depth = 0; depth < 4; depth += 1) for (const key of keysOf(said, crowded).keys) crowded.add(key);
    expect(keysOf(said, crowded)).toMatchObject({ keys: [], lost: [expect.any(Number)] });
  });
});

describe('likeness of texts', () => {
  it.each([
    ['abcd', 'abd', true],
    ['abcd', 'abcde', true],
    ['abcd', 'abxd', true],
    ['abcd', 'acbd', true],
    ['abcd', 'abcd', false],
    ['abcd', 'badc', false],
    ['abcd', 'ab', false],
    ['', 'a', true],
  ] as const)('%s and %s are one edit apart: %s', (a, b, expected) => {
    // prettier-ignore
    expect([isOneEdit(a, b), isOneEdit(b, a)]).toEqual([expected, expected]);
  });

  it('counts edits up to a limit', () => {
    expect([edits('kitten', 'sitting', 5), edits('kitten', 'sitting', 2), edits('a', 'a', 2)]).toEqual([3, 3, 0]);
  });

  // The examples of Winkler (1990).
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
  ])('Jaro and Winkler find %s and %s alike by %d', (a, b, expected) => {
    expect(likeness(a, b)).toBeCloseTo(expected, 3);
    expect(likeness(b, a)).toBe(likeness(a, b));
  });

  it.each([
    ['smith', 'smyth'],
    ['catherine', 'katherine'],
    ['philip', 'filip'],
    ['knight', 'night'],
  ])('%s sounds like %s', (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b));
  });
});
