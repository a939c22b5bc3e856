import { systemCode } from '@cinch/api-contract';
import { describe, expect, it } from 'vitest';
import { codeFrom } from './code-from.ts';

describe('the code of a system from its name', () => {
  it.each([
    ['Web shop', 'web-shop'],
    ['Café Zürich (Nord)', 'cafe-zurich-nord'],
    ['2nd till', 'nd-till'],
    ['A'.repeat(60), 'a'.repeat(40)],
  ])('%s becomes %s, which the hub takes', (name, code) => {
    expect(codeFrom(name)).toBe(code);
    expect(systemCode.safeParse(code).success).toBe(true);
  });
});
