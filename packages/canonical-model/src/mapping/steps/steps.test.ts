import { describe, expect, test } from 'vitest';
import type { Json } from '../../json.ts';
import { forms } from '../document.ts';
import { compileStep } from './compile-step.ts';
import { Failure } from './step.ts';

type Case = [document: object, native: Json, canonical: Json];

const upperTitle = { step: 'case', native: 'upper', read: 'title' };
const states = { step: 'codes', table: { A: 'active', I: 'idle', X: 'idle' }, writeAs: { idle: 'I' } };
const phases = { step: 'codes', table: { A: 'active', I: 'dormant' }, writeAs: { former: 'I' } };
const consent = { step: 'codes', native: 'boolean', table: { true: 'yes', false: 'no' } };
const numbered = { step: 'codes', native: 'number', table: { 1: 'active', '-2': 'idle' } };
const cents = { step: 'scale', places: 2 };
const national = { step: 'nationalNumber', countryCode: '1', digits: 10 };

const bothWays: Case[] = [
  [{ step: 'cut', length: 5 }, 'SMITH', 'SMITH'],
  [upperTitle, "O'BRIEN", "O'Brien"],
  [{ step: 'case', native: 'lower', read: 'title' }, 'stanley street', 'Stanley Street'],
  [{ step: 'case', native: 'lower', read: 'upper' }, 'nsw', 'NSW'],
  [{ step: 'case', native: 'upper' }, 'IL', 'IL'],
  [states, 'A', 'active'],
  [states, 'I', 'idle'],
  [{ step: 'date', format: 'yyyyMMdd' }, '20240229', '2024-02-29'],
  [{ step: 'date', format: 'dd/MM/yyyy' }, '29/02/2024', '2024-02-29'],
  [{ step: 'date', format: 'MM/dd/yyyy' }, '02/29/2024', '2024-02-29'],
  [{ step: 'date', format: 'dd.MM.yyyy' }, '29.02.2024', '2024-02-29'],
  [{ step: 'epochSeconds' }, 1_700_000_000, 1_700_000_000_000],
  [{ step: 'isoInstant' }, '2026-03-01T08:15:30.125Z', Date.UTC(2026, 2, 1, 8, 15, 30, 125)],
  [national, '2025550143', '+12025550143'],
  [phases, 'I', 'dormant'],
  [consent, true, 'yes'],
  [consent, false, 'no'],
  [numbered, 1, 'active'],
  [numbered, -2, 'idle'],
  [cents, 250_000, '2500.00'],
  [cents, 0, '0.00'],
  [cents, 5, '0.05'],
  [cents, -1_234, '-12.34'],
  [cents, 9_007_199_254_740_991, '90071992547409.91'],
  [{ step: 'scale', places: 0 }, -17, '-17.00'],
  [{ step: 'scale', places: 3 }, 1_230, '1.23'],
  [{ step: 'scale', places: 3 }, 1_234, '1.234'],
  [{ step: 'personName' }, 'Smith, John Q', { given: 'John', middle: 'Q', family: 'Smith' }],
  [{ step: 'personName' }, 'Smith, Mary Ann', { given: 'Mary Ann', family: 'Smith' }],
  [{ step: 'personName' }, 'De La Cruz', { family: 'De La Cruz' }],
  [{ step: 'personName' }, 'Smith, J', { given: 'J', family: 'Smith' }],
];

const readOnly: Case[] = [
  [states, 'X', 'idle'],
  [{ step: 'codes', table: { A: 'active' }, otherwise: 'idle' }, '?', 'idle'],
  [{ step: 'isoInstant' }, '2026-03-01T09:15:30+01:00', Date.UTC(2026, 2, 1, 8, 15, 30)],
  [{ step: 'personName' }, 'Smith ,  Mary   Ann', { given: 'Mary Ann', family: 'Smith' }],
];

const writeOnly: Case[] = [
  [phases, 'I', 'former'],
  [cents, 250_000, '2500'],
  [cents, 0, '-0.00'],
  [{ step: 'cut', length: 5 }, 'SMITH', 'SMITHSON'],
  [{ step: 'cut', length: 5 }, 'NEW', 'NEW  YORK'],
  [{ step: 'cut', length: 6 }, 'Robin', 'Robin😀x'],
  [{ step: 'cut', length: 4 }, 'Jos', 'Jose\u0301'],
  [{ step: 'cut', length: 6 }, 'SMITH', 'SMITH, J'],
  [upperTitle, 'STRASSE', 'Straße'],
  [{ step: 'case', native: 'lower' }, 'jo@example.com', 'Jo@Example.COM'],
  [{ step: 'epochSeconds' }, 1_700_000_000, 1_700_000_000_999],
  [{ step: 'personName' }, 'Smith, John Q', { given: 'John', middle: 'Quincy', family: 'Smith' }],
  [{ step: 'personName' }, 'Smith', { middle: 'Quincy', family: 'Smith' }],
  [{ step: 'personName' }, 'Smith Jr, John', { given: 'John', family: 'Smith, Jr' }],
];

const unreadable: [object, Json, string][] = [
  [numbered, 3, 'unknown-code'],
  [cents, 1.5, 'not-a-whole-number'],
  [cents, 2 ** 53, 'not-a-whole-number'],
  [states, 'Z', 'unknown-code'],
  [{ step: 'date', format: 'yyyyMMdd' }, '20230229', 'not-a-date'],
  [{ step: 'date', format: 'yyyyMMdd' }, '2023022', 'not-a-date'],
  [{ step: 'date', format: 'dd.MM.yyyy' }, '29-02-2024', 'not-a-date'],
  [{ step: 'epochSeconds' }, 1.5, 'not-epoch-seconds'],
  [{ step: 'isoInstant' }, '2026-03-01T08:15:30', 'no-zone'],
  [{ step: 'isoInstant' }, '2026-02-30T08:15:30Z', 'not-an-instant'],
  [{ step: 'isoInstant' }, '2026-03-01T24:15:30Z', 'not-an-instant'],
  [national, '202555014', 'not-a-national-number'],
  [national, 'call mornings', 'not-a-national-number'],
  [{ step: 'personName' }, ', John', 'no-family-name'],
];

const unwritable: [object, Json, string][] = [
  [phases, 'prospect', 'no-code'],
  [cents, '0.005', 'too-fine'],
  [cents, '90071992547409.92', 'too-large'],
  [cents, '1e3', 'not-an-amount'],
  [states, 'gone', 'no-code'],
  [{ step: 'date', format: 'yyyyMMdd' }, '2024', 'not-a-date'],
  [national, '+442079460000', 'foreign-number'],
  [national, '+120255501431', 'foreign-number'],
  [{ step: 'personName' }, { given: 'John' }, 'no-family-name'],
];

const compiled = (document: object) => compileStep(forms.stepDocument.parse(document));

describe('steps', () => {
  test.each([...bothWays, ...readOnly])('%j reads %j as %j', (document, native, canonical) => {
    expect(compiled(document).read(native)).toEqual(canonical);
  });

  test.each([...bothWays, ...writeOnly])('%j writes %j for %j', (document, native, canonical) => {
    expect(compiled(document).write(canonical)).toEqual(native);
  });

  test.each(unreadable)('%j cannot read %j: %s', (document, native, code) => {
    const outcome = compiled(document).read(native);
    expect(outcome instanceof Failure && outcome.code).toBe(code);
  });

  test.each(unwritable)('%j cannot write %j: %s', (document, canonical, code) => {
    const outcome = compiled(document).write(canonical);
    expect(outcome instanceof Failure && outcome.code).toBe(code);
  });

  test('a table of codes loses on reading only where several codes mean the same', () => {
    expect(compiled(states).loses.onRead).toBe(true);
    expect(compiled({ step: 'codes', table: { A: 'active', I: 'idle' } }).loses.onRead).toBe(false);
  });

  test('a table of codes loses on writing only where one code stands for several values', () => {
    expect([phases, states, consent].map((document) => compiled(document).loses.onWrite)).toEqual([true, false, false]);
  });
});
