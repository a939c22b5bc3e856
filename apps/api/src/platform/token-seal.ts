import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A token as the database holds it. */
export interface SealedToken {
  /** Which secret opens it; null: it is not sealed, as versions before 1764003700000 left it. */
  keyId: string | null;
  text: string;
}

interface SealKey {
  id: string;
  key: Buffer;
}

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];

/** Seals what the hub has to show to others, so that whoever reads the database or a backup cannot: the secret is in neither. */
export class TokenSeal {
  private readonly keys: readonly SealKey[];

  /** @param secrets the one that seals, and those that only open what they sealed before */
  constructor(secrets: readonly string[]) {
    this.keys = secrets.map(keyOf);
  }

  seal(token: string): SealedToken {
    const { id, key } = this.keys[0]!;
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, key, iv);
    const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
    return { keyId: id, text: Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64') };
  }

  /** Null where it was sealed with another secret, or is not as it was sealed. */
  open({ keyId, text }: SealedToken): string | null {
    if (keyId === null) return text;
    const known = this.keys.find(({ id }) => id === keyId);
    if (!known) return null;
    const bytes = Buffer.from(text, 'base64');
    try {
      const decipher = createDecipheriv(algorithm, known.key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    } catch {
      return null;
    }
  }

  isCurrent({ keyId }: SealedToken): boolean {
    return keyId === this.keys[0]!.id;
  }
}

/** The id tells keys apart and nothing of them: it is derived beside the key, not from it. */
function keyOf(secret: string): SealKey {
  const derive = (what: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, 'cinch', what, bytes));
  return { id: derive('adapter tokens, id', 8).toString('hex'), key: derive('adapter tokens', 32) };
}
