import { Button } from '@mantine/core';
import { keepDraft, useKeptDraft, type DocumentName } from '../../api/drafts.ts';
import { useMay } from '../../api/may.ts';
import { ButtonLink } from '../link.tsx';

/**
 * Where a draft is published together with others that it names, or that name it. One that was made from another version than the one in
 * force is put on top of that first, by somebody who has looked at what differs.
 */
export function WithOthers({ kind, system, version }: DocumentName & { version: number }) {
  const mayPublish = useMay('POST /api/v1/change-sets');
  const kept = useKeptDraft({ kind, system });
  if (!mayPublish || !kept) return null;
  return (
    <>
      {kept.baseVersion !== version && (
        <Button variant="default" onClick={() => keepDraft({ ...kept, baseVersion: version })}>
          Put it on top of version {version}
        </Button>
      )}
      <ButtonLink variant="default" to="/change-sets">
        Publish it with others
      </ButtonLink>
    </>
  );
}
