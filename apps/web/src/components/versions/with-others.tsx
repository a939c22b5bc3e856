import { useMay } from '../../api/may.ts';
import { ButtonLink } from '../link.tsx';

/** Where a draft is published together with others that it names, or that name it. */
export function WithOthers() {
  if (!useMay('POST /api/v1/change-sets')) return null;
  return (
    <ButtonLink variant="default" to="/change-sets">
      Publish it with others
    </ButtonLink>
  );
}
