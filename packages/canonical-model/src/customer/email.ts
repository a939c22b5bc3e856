/**
 * The address of a mailbox on the web: RFC 5321 without quoted mailboxes and numbers for domains, which no customer has, and letters of any
 * script. No dot leads, ends or follows another; a domain has two parts at least.
 */
const address =
  /^(?![^@]{65})[^\s@<>()[\]\\,;:".]+(?:\.[^\s@<>()[\]\\,;:".]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u;

export function isEmail(text: string): boolean {
  return address.test(text);
}

/** The address within what mail programs copy along: `mailto:`, brackets and the name before them, a comma or full stop behind. */
export function standardEmail(text: string): string {
  if (address.test(text)) return text;
  const bare = text
    .replace(/^mailto:([^?]*).*$/is, '$1')
    .replace(/^[^<>]*<([^<>]*)>[\s;,.]*$/, '$1')
    .replace(/^[\s'"<]+|[\s'">;,.]+$/g, '');
  return address.test(bare) ? bare : text;
}

/** Servers may tell mailboxes apart by their case, and none that people use does. */
export function emailClass(text: string): string {
  return text.toLowerCase();
}
