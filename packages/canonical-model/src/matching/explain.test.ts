import { modelAsShipped } from '../customer/model/model.ts';
import { expect, it } from 'vitest';
import { evidenceOf, type Said } from './evidence.ts';
import { explain } from './explain.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const scorer = new Scorer(shippedModel);

function vetoOf(a: Said, b: Said, kind: 'person' | 'organization' = 'person') {
  const features = (said: Said) => scorer.features.of(evidenceOf(kind, said, 'adipose', modelAsShipped));
  return explain(scorer.compare(features(a), features(b))!, scorer).veto;
}

const person = (given: string, birthDate: string, more: Said = {}): Said => ({
  name: [{ given, family: 'Lee' }],
  birthDate: [birthDate],
  'phone.primary': ['+12025550143'],
  ...more,
});

it.each([
  [
    'two names and two birth dates',
    person('Mary', '1980-03-04'),
    person('John', '1985-11-12'),
    ['Given names differ', 'Birth dates differ'],
  ],
  [
    'two names and a generation',
    person('Mary', '1980-03-04'),
    person('John', '1951-11-12'),
    ['Given names differ', 'Birth dates differ'],
  ],
])('names what contradicts where several things do: %s', (_, one, other, named) => {
  const veto = vetoOf(one, other)!;
  expect(veto.reason).toBe('several');
  for (const words of named) expect(veto.label).toContain(words);
  expect(veto.label).toMatch(/: they are never linked by themselves\.$/);
});

it('says that several things contradict where no level of a field shows which', () => {
  const firm = (legal: string): Said => ({ name: [{ legal }] });
  const veto = vetoOf(firm('Nord 17 GmbH'), firm('Nord 18 AG'), 'organization')!;
  expect(veto).toMatchObject({ reason: 'several', label: expect.stringContaining('contradict') });
});

it('keeps its one sentence where one thing contradicts', () => {
  const veto = vetoOf(
    { name: [{ given: 'John', family: 'Smith Jr' }] },
    { name: [{ given: 'John', family: 'Smith Sr' }] },
  );
  expect(veto).toMatchObject({ reason: 'suffix', label: expect.stringContaining('junior') });
});
