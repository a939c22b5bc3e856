import { useMay } from '../../api/may.ts';
import { ButtonLink } from '../link.tsx';

/** From a list of questions to one after the other. */
export function DecideLink(props: {
  to: '/conflicts/decide' | '/match-reviews/decide';
  needs: Parameters<typeof useMay>[0];
}) {
  if (!useMay(props.needs)) return null;
  return (
    <ButtonLink to={props.to} size="compact-md">
      Decide one by one
    </ButtonLink>
  );
}
