import { TextLink } from './link.tsx';

/** A record's id, leading to its whole life. One that has no id yet has no page either. */
export function RecordLink({ system, sourceId }: { system: string; sourceId: string | null }) {
  if (sourceId === null) return <>has no id yet</>;
  // What a steward pinned is of no system.
  if (system === 'steward') return <>{sourceId}</>;
  return (
    <TextLink to="/records" search={{ system, id: sourceId }} underline="hover">
      {sourceId}
    </TextLink>
  );
}
