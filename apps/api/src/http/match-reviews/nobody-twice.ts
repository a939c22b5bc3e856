import type { Explanation } from '@cinch/canonical-model';
import { isTombstoned } from '../records/record-state.ts';

type Veto = { reason: string; label: string } | null;

/** SQL on the `source_record`s r and o: the name of the system that has a row of both and, as one of these codes, holds nobody twice. */
export const twiceIn = (codes: string) =>
  `(select s.name from system s where s.system_id = r.system_id and o.system_id = r.system_id and s.code = any(${codes})
      and r.state = 'live' and not ${isTombstoned} and o.state = 'live' and not ${isTombstoned.replaceAll('r.', 'o.')})`;

/** Why the machine does not link the two, whatever they weigh. */
export function vetoOf({ veto }: Explanation, twice: string | null): Veto {
  if (veto || twice === null) return veto;
  const label = `Both are living rows of ${twice}, which is said to hold nobody twice: a person has to say.`;
  return { reason: 'duplicateFree', label };
}
