import type { Customer, Decision } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { ActDialog } from '../act-dialog.tsx';
import type { CustomerAct } from './customer-act.ts';
import { useMayAct } from './may-act.ts';
import { MergeForm } from './merge-form.tsx';
import { PinForm } from './pin-form.tsx';
import { ReconsiderForm } from './reconsider-form.tsx';
import { ConfirmDeletedForm, ExcludeForm, PutBackForm, ReopenForm, UndoForm } from './record-forms.tsx';
import { SplitForm } from './split-form.tsx';

interface Props {
  customer: Customer;
  decisions: readonly Decision[];
  open: CustomerAct;
  onChange: (act: CustomerAct) => void;
}

/** The dialog of the act that the URL names; none when it names something that is not there. */
export function OpenAct({ customer, decisions, open, onChange }: Props) {
  const onDone = () => onChange({});
  const member = customer.members.find(({ recordId }) => recordId === open.record);
  const decision = decisions.find(({ decisionId }) => decisionId === open.decision);
  const name = customer.display;
  const mayAct = useMayAct();
  if (open.act !== undefined && !mayAct(open.act))
    return (
      <ActDialog title="Not for your account" onClose={onDone}>
        <Text>Your role does not cover this. Ask an admin to do it, or to change your role.</Text>
      </ActDialog>
    );
  switch (open.act) {
    case 'pin':
      return (
        <ActDialog title={`Pin a value of ${name}`} onClose={onDone}>
          <PinForm
            customer={customer}
            attribute={open.attribute}
            onAttribute={(attribute) => onChange({ act: 'pin', attribute })}
            onDone={onDone}
          />
        </ActDialog>
      );
    case 'reconsider':
      return open.attribute === undefined ? null : (
        <ActDialog title={`Reconsider a value of ${name}`} onClose={onDone}>
          <ReconsiderForm customer={customer} attribute={open.attribute} onDone={onDone} />
        </ActDialog>
      );
    case 'merge':
      return (
        <ActDialog title={`Merge ${name} with another customer`} onClose={onDone}>
          <MergeForm customer={customer} onDone={onDone} />
        </ActDialog>
      );
    case 'split':
      return (
        <ActDialog title={`Split records off ${name}`} onClose={onDone}>
          <SplitForm customer={customer} onDone={onDone} />
        </ActDialog>
      );
    case 'reopen':
      return (
        <ActDialog title={`Let ${name} be created again`} onClose={onDone}>
          <ReopenForm customer={customer} system={open.system} onDone={onDone} />
        </ActDialog>
      );
    case 'confirm-deleted':
      return member ? (
        <ActDialog title="Confirm a record as deleted" onClose={onDone}>
          <ConfirmDeletedForm member={member} onDone={onDone} />
        </ActDialog>
      ) : null;
    case 'put-back':
      return member ? (
        <ActDialog title="Put a row back whole" onClose={onDone}>
          <PutBackForm member={member} onDone={onDone} />
        </ActDialog>
      ) : null;
    case 'exclude':
      return member ? (
        <ActDialog title="Exclude a record from mastering" onClose={onDone}>
          <ExcludeForm member={member} onDone={onDone} />
        </ActDialog>
      ) : null;
    case 'undo':
      return decision?.undoneAt === null ? (
        <ActDialog title="Undo a decision" onClose={onDone}>
          <UndoForm decision={decision} onDone={onDone} />
        </ActDialog>
      ) : null;
    case undefined:
      return null;
  }
}
