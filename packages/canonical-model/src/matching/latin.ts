import anyAscii from 'any-ascii';

/** Letters that are written without spaces between words: Latin letters for them stand together as one word a sign. */
const signs = /[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/u;
const beyondLatin = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** The words in Latin letters, as far as one can tell from the letters alone; Latin words stay as they are. */
export function latinWords(text: string): string[] {
  if (text === '') return [];
  if (!beyondLatin.test(text)) return text.split(' ');
  const latin = anyAscii(text.normalize('NFC'));
  // A sign comes as a syllable with a capital letter.
  const parted = signs.test(text) ? latin.replace(/([a-z])([A-Z])/g, '$1 $2') : latin;
  const words = parted.toLowerCase().replace(/['’`]/g, '').split(/[^a-z0-9]+/); // prettier-ignore
  return words.filter((word) => word !== '');
}

/** Whether the text has letters that are not Latin. */
export function isBeyondLatin(text: string): boolean {
  return beyondLatin.test(text);
}
