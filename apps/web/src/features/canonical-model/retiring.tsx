import type { AttributeUsage } from '@cinch/api-contract';
import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSystemName } from '../../api/systems.ts';
import { Loaded } from '../../components/loaded.tsx';
import { countOf } from '../../texts.ts';
import { usageQuery } from './queries.ts';

/** What retiring an attribute takes along: shown as soon as a draft retires it, long before anything is published. */
export function Retiring({ id }: { id: string }) {
  const query = useQuery(usageQuery(id));
  const nameOf = useSystemName();
  return (
    <Loaded query={query}>
      {(usage) => (
        <Alert color="amber" title="What retiring it takes along" role="status" mt="xs">
          {takenAlong(usage, nameOf)} Whatever it is, bringing the attribute back brings it back.
        </Alert>
      )}
    </Loaded>
  );
}

function takenAlong(usage: AttributeUsage, nameOf: (code: string) => string): string {
  const { mappings, scopes, rule, customers, conflicts, pins } = usage;
  const parts = [
    ...(customers > 0 ? [`the values of ${countOf(customers, 'customer')}`] : []),
    ...(conflicts > 0 ? [countOf(conflicts, 'open conflict')] : []),
    ...(pins > 0 ? [countOf(pins, 'pin')] : []),
    ...(mappings.length > 0 ? [`its entries in the mapping of ${listed(mappings, nameOf)}`] : []),
    ...(rule ? ['its rule'] : []),
  ];
  const first =
    scopes.length > 0
      ? ` The scope of ${listed(scopes, nameOf)} asks for it: publish both together, as a change set.`
      : '';
  if (parts.length === 0) return `Nothing: no mapping or rule names it, and no customer has a value of it.${first}`;
  return `Nothing is read, written or kept golden of it any more: ${parts.join('; ')}.${first}`;
}

function listed(codes: readonly string[], nameOf: (code: string) => string): string {
  return codes.map(nameOf).join(' and of ');
}
