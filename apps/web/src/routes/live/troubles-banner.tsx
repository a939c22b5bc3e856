import type { Trouble } from '@cinch/api-contract';
import { IconAlertTriangle } from '../../components/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import classes from '../../components/connection-banner.module.css';
import { Time } from '../../components/time.tsx';
import { outboundQuery } from '../../features/systems/outbound-queries.ts';
import { statusQuery } from '../../api/systems.ts';

/** What is wrong with the hub as a whole, and what to do about it, above every page. */
export function TroublesBanner() {
  const troubles = useQuery(statusQuery).data?.troubles ?? [];
  return (
    <div role="status" aria-label="Troubles of the hub">
      {troubles.map((trouble) => (
        <TroubleLine key={`${trouble.code} ${trouble.system}`} trouble={trouble} />
      ))}
    </div>
  );
}

function TroubleLine({ trouble: { code, words, since, system } }: { trouble: Trouble }) {
  // The first sentence says what is wrong, the others what to do.
  const [title, ...advice] = words.split(/(?<=\.) /);
  return (
    <p className={classes.banner}>
      <IconAlertTriangle size={18} aria-hidden />
      <span>
        <strong>{system === null ? title : `${system}: ${title}`}</strong> {advice.join(' ')}
        {code === 'outbound-paused' && <WhoPaused />}
        {since !== null && (
          <>
            {' '}
            (Since <Time at={since} seconds />)
          </>
        )}
      </span>
    </p>
  );
}

function WhoPaused() {
  const paused = useQuery(outboundQuery).data;
  if (!paused || paused.outbound === 'on') return null;
  const why = paused.reason === '' ? '' : `: ${paused.reason}`;
  const by =
    paused.restoredAt === null ? `Paused by ${paused.setBy ?? 'the hub'}` : 'The hub was restored from a backup';
  return ` ${by}${why}`;
}
