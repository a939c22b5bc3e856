import { hash } from 'node:crypto';
import { canonicalJson, type Json } from '@cinch/canonical-model';

/** SHA-256 of the canonical text, cut to 128 bits, as 32 hexadecimal digits. */
export function contentHash(value: Json): string {
  return hash('sha256', canonicalJson(value), 'hex').slice(0, 32);
}
