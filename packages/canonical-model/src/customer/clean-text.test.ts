import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('a text as the hub keeps it', () => {
  it.each([
    ['is what it was, where nothing is wrong with it', "O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."],
    ['is composed', 'Jose\u0301 Iba\u0301n\u0303ez', 'José Ibáñez'],
    ['is composed in other scripts', '\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
    ['has no white space around it', ' \t\u00a0Zoë\u3000\r\n', 'Zoë'],
    ['has one blank between words', 'Anna  Maria\u00a0\u2009Roth', 'Anna Maria Roth'],
    ['keeps its lines', 'Flat 3 \r\n\r\n 12 High Street', 'Flat 3\n12 High Street'],
    ['has no zero-width space', '\u200bwanda.pell@example.com\u200b', 'wanda.pell@example.com'],
    ['has no soft hyphen', 'exa\u00admple', 'example'],
    ['has no byte order mark, mark of direction or word joiner', '\ufeff\u200eAhmed\u202c\u2060', 'Ahmed'],
    ['has no control characters', 'Do\u0000e\u0007\u007f', 'Doe'],
    ['keeps the joiner that Persian needs', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['keeps the joiner within an emoji', '👩\u200d🔧', '👩\u200d🔧'],
    ['has no joiner that joins nothing', '\u200dJo\u200cDoe\u200d', 'JoDoe'],
    ['keeps vowel signs and voicing marks', 'रीमा が', 'रीमा が'],
    ['is empty where nobody sees anything', ' \u200b\u00ad ', ''],
  ])('%s', (_, sent, kept) => {
    expect(cleanText(sent)).toBe(kept);
  });

  it('is the same when it is cleaned again, and the same for both forms of one text', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'aZé е\u0301\u200b\u200d\u200c\u00ad \t\nक\u093f👩') });
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: 'grapheme' })), (text) => {
        const kept = cleanText(text);
        expect(cleanText(kept)).toBe(kept);
        expect(cleanText(text.normalize('NFD'))).toBe(cleanText(text.normalize('NFC')));
      }),
      { numRuns: 500 },
    );
  });
});
