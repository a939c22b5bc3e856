import type { Conflict } from '@cinch/api-contract';
import { isMasked, Reveal } from '../../components/reveal.tsx';

/** Who decides must see between what. */
export function RevealCandidates({ conflict: { customerId, attribute, label, candidates } }: { conflict: Conflict }) {
  if (!candidates.some(({ display }) => isMasked(display))) return null;
  return <Reveal key={`${customerId} ${attribute}`} customerId={customerId} attribute={attribute} label={label} />;
}
