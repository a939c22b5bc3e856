import type { Customer, Decision, Member } from '@cinch/api-contract';
import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { systemsQuery } from '../../api/systems.ts';
import { ActForm } from './act-form.tsx';
import { useConfirmDeleted, useExclude, usePutBack, useReopen, useUndo } from './queries.ts';

export function ConfirmDeletedForm({ member, onDone }: { member: Member; onDone: () => void }) {
  return (
    <ActForm
      act={useConfirmDeleted(member)}
      wishOf={() => ({})}
      submit="Confirm as deleted"
      means={`${nameOf(member)} counts as deleted: its values stop counting, and the customer gets no new record in ${member.systemName} until that system tells of it again or somebody reopens it. A customer without any live record is retired; its id stays valid.`}
      said={`${nameOf(member)} counts as deleted. Undo it from the decisions.`}
      onDone={onDone}
    />
  );
}

export function PutBackForm({ member, onDone }: { member: Member; onDone: () => void }) {
  return (
    <ActForm
      act={usePutBack(member)}
      wishOf={() => ({})}
      submit="Put back whole"
      means={`The row ${nameOf(member)} is gone from ${member.systemName} though nobody said so: the next refresh makes it anew, with golden values and with what only it had, such as the values of its account.`}
      said={`The next refresh of ${member.systemName} makes it anew. Undo it from the decisions.`}
      onDone={onDone}
    />
  );
}

export function ExcludeForm({ member, onDone }: { member: Member; onDone: () => void }) {
  return (
    <ActForm
      act={useExclude(member)}
      wishOf={() => ({})}
      submit="Exclude"
      means={`${nameOf(member)} leaves mastering, as test data should: it stands alone, its values do not count, it is matched with nobody and never refreshed. The customer gets no other record in ${member.systemName} unless somebody reopens it.`}
      said={`${nameOf(member)} is excluded. Undo it from the decisions.`}
      onDone={onDone}
    />
  );
}

interface ReopenProps {
  customer: Customer;
  system: string | undefined;
  onDone: () => void;
}

export function ReopenForm({ customer, system, onDone }: ReopenProps) {
  const systems = useQuery(systemsQuery).data ?? [];
  return (
    <ActForm
      act={useReopen(customer)}
      wishOf={(entered) => {
        const named = String(entered.get('system') ?? '');
        return named === '' ? 'Choose the system first.' : { system: named };
      }}
      submit="Reopen creation"
      means="A delete, a confirmed delete or an exclusion closed it: the customer gets no new record there. Reopened, a refresh creates one if the customer is in that system’s scope."
      said="Creation is reopened. Undo it from the decisions."
      onDone={onDone}
    >
      <NativeSelect
        // The choices come later than the select itself.
        key={systems.length}
        label="System"
        name="system"
        defaultValue={system ?? ''}
        data={[{ value: '', label: 'Choose' }, ...systems.map(({ code, name }) => ({ value: code, label: name }))]}
      />
    </ActForm>
  );
}

interface UndoProps {
  decision: Pick<Decision, 'decisionId' | 'words'>;
  onDone: () => void;
}

export function UndoForm({ decision, onDone }: UndoProps) {
  return (
    <ActForm
      act={useUndo(decision)}
      wishOf={() => ({})}
      submit="Undo this decision"
      means="The customer becomes what the same facts amount to without it; the next refresh brings that to the systems. The history keeps the decision and that you undid it."
      said="The decision is undone."
      onDone={onDone}
      isReasonOptional
    >
      <Text fw={600}>{decision.words}</Text>
    </ActForm>
  );
}

function nameOf({ systemName, sourceId }: Member): string {
  return sourceId === null ? `The record in ${systemName}` : `${systemName} ${sourceId}`;
}
