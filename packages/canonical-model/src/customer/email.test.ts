import { describe, expect, it } from 'vitest';
import { emailClass, isEmail, standardEmail } from './email.ts';

describe('an e-mail address', () => {
  it.each([
    ['jo.doe@example.com', 'jo.doe@example.com'],
    ['<yoko.pell@example.com>', 'yoko.pell@example.com'],
    ['Edda Pell <edda.pell@example.com>', 'edda.pell@example.com'],
    ['"Pell, Edda" <edda.pell@example.com>;', 'edda.pell@example.com'],
    ['mailto:zita.pell@example.com', 'zita.pell@example.com'],
    ['MAILTO:zita.pell@example.com?subject=Hello', 'zita.pell@example.com'],
    ['abby.pell@example.com;', 'abby.pell@example.com'],
    ['beth.pell@example.com.', 'beth.pell@example.com'],
    ["'beth.pell@example.com',", 'beth.pell@example.com'],
    ['jörg@müller.example', 'jörg@müller.example'],
    ['用户@例子.测试', '用户@例子.测试'],
    ["o'brien+shop@example.co.uk", "o'brien+shop@example.co.uk"],
  ])('%s is read as %s', (sent, address) => {
    expect(standardEmail(sent)).toBe(address);
    expect([isEmail(address), standardEmail(address)]).toEqual([true, address]);
  });

  it.each([
    'dora.pell@example..com',
    'dora..pell@example.com',
    '.dora@example.com',
    'dora.@example.com',
    '"Edda Pell"@example',
    'edda@example',
    'edda@-example.com',
    'edda@example.com edda@example.org',
    'a@example.com, b@example.com',
    'edda.example.com',
    '@example.com',
    'edda@@example.com',
    `${'x'.repeat(65)}@example.com`,
  ])('%s is none', (sent) => {
    expect([isEmail(sent), isEmail(standardEmail(sent))]).toEqual([false, false]);
  });

  it('is the same mailbox in whatever case it is written', () => {
    expect(emailClass('Ada.Fynn@Example.com')).toBe(emailClass('ada.fynn@example.com'));
    expect(emailClass('ada.fynn+shop@example.com')).not.toBe(emailClass('ada.fynn@example.com'));
  });
});
