import type { Trouble, TroubleCode } from '@cinch/api-contract';
import { IconAlertTriangle } from '../../components/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import classes from '../../components/connection-banner.module.css';
import { TextLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { outboundQuery } from '../../features/systems/outbound-queries.ts';
import { statusQuery, useSystemName } from '../../api/systems.ts';

/** Where something can be done about it; of all other troubles only the words tell. */
const places: Partial<Record<TroubleCode, 'held' | 'system'>> = {
  'system-held': 'held',
  'news-held': 'held',
  'system-away': 'system',
  'inbound-paused': 'system',
  'mapping-stopped': 'system',
};

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
  const nameOf = useSystemName();
  return (
    <p className={classes.banner}>
      <IconAlertTriangle size={18} aria-hidden />
      <span>
        <strong>{system === null ? title : `${nameOf(system)}: ${title}`}</strong> {advice.join(' ')}
        {code === 'outbound-paused' && <WhoPaused />}
        {since !== null && (
          <>
            {' '}
            (Since <Time at={since} seconds />)
          </>
        )}{' '}
        <Place code={code} system={system} />
      </span>
    </p>
  );
}

function Place({ code, system }: Pick<Trouble, 'code' | 'system'>) {
  if (places[code] === 'held') return <TextLink to="/held">Look at what is held</TextLink>;
  if (places[code] === 'system' && system !== null)
    return (
      <TextLink to="/systems/$code" params={{ code: system }}>
        Look at the system
      </TextLink>
    );
  return null;
}

function WhoPaused() {
  const paused = useQuery(outboundQuery).data;
  if (!paused || paused.outbound === 'on') return null;
  const why = paused.reason === '' ? '' : `: ${paused.reason}`;
  const by =
    paused.restoredAt === null ? `Paused by ${paused.setBy ?? 'the hub'}` : 'The hub was restored from a backup';
  return ` ${by}${why}`;
}
