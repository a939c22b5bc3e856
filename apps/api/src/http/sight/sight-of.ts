import { SetMetadata } from '@nestjs/common';
import type { Caller } from '@cinch/api-contract';
import { modelInForce } from '../../platform/model-in-force.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { Sight } from './sight.ts';

/** Null for whoever reads nothing of customers but what is its own. */
export function readerIn(actor: Actor | undefined): Caller | null {
  switch (actor?.kind) {
    case 'person':
      return actor.me.role;
    case 'automation':
      return 'automation';
    case 'system':
    case 'nobody':
    case undefined:
      return null;
  }
}

/** What the caller may see by the model in force. Only people and automation come to where this is asked. */
export async function sightOf(tx: Tx, actor: Actor): Promise<Sight> {
  return new Sight(readerIn(actor) ?? 'nobody', await modelInForce(tx));
}

export const unmaskedKey = 'cinch:unmasked';

/** Of a route whose answer is not masked: it has asked itself who may see it, and noted who did. */
export const Unmasked = () => SetMetadata(unmaskedKey, true);
