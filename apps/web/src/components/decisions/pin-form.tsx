import type { Customer } from '@cinch/api-contract';
import { Checkbox, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CanonicalModel } from '../../api/canonical-model-shape.ts';
import { useModel } from '../../api/canonical-model.ts';
import { Loading } from '../loaded.tsx';
import { ActForm } from './act-form.tsx';
import { isMasked } from '../reveal.tsx';
import { usePin } from './queries.ts';
import { fieldsOf, itemKeyOf, pinnableOf, textOf, valueOf, type ValueField } from '../value-form.ts';

interface Props {
  customer: Customer;
  /** Undefined: the first that there is. */
  attribute: string | undefined;
  onAttribute: (attribute: string) => void;
  onDone: () => void;
}

export function PinForm(props: Props) {
  const model = useModel();
  return model ? <Pin {...props} model={model} /> : <Loading />;
}

function Pin({ customer, attribute: asked, onAttribute, onDone, model }: Props & { model: CanonicalModel }) {
  const choices = pinnableOf(customer, model);
  const attribute = asked ?? choices[0]?.value ?? '';
  const label = choices.find(({ value }) => value === attribute)?.label ?? attribute;
  return (
    <Stack>
      <NativeSelect
        label="Attribute"
        value={attribute}
        data={choices}
        onChange={({ currentTarget }) => onAttribute(currentTarget.value)}
      />
      {/* Another attribute has other fields, and nothing typed for the one before stays. */}
      <ValueToPin
        key={attribute}
        customer={customer}
        attribute={attribute}
        label={label}
        fields={fieldsOf(attribute, customer.kind, model)}
        onDone={onDone}
      />
    </Stack>
  );
}

interface ToPin {
  customer: Customer;
  attribute: string;
  label: string;
  fields: readonly ValueField[];
  onDone: () => void;
}

function ValueToPin({ customer, attribute, label, fields, onDone }: ToPin) {
  const pin = usePin(customer);
  const { value, display } = customer.values.find((one) => one.attribute === attribute) ?? {};
  // What is masked is typed anew: its sign is no value.
  const golden = display !== undefined && isMasked(display) ? undefined : value;
  const isItem = itemKeyOf(attribute) !== null;
  const [isNone, setIsNone] = useState(isItem && golden === null);

  const wishOf = (entered: FormData) => {
    const typed = isItem ? golden : valueOf(fields, ({ member }) => String(entered.get(`value.${member}`) ?? ''));
    const value = isNone ? null : typed;
    if (value === undefined || (isItem && !isNone && value === null))
      return 'There is no value to pin: type one, or tick that there is none.';
    const until = String(entered.get('until') ?? '');
    return { attribute, value, ...(until === '' ? {} : { until: new Date(until).toISOString() }) };
  };

  return (
    <ActForm
      act={pin}
      customerId={customer.customerId}
      wishOf={wishOf}
      submit="Pin this value"
      means="It stays the golden value, whatever the systems say, until it ends or is undone. An open conflict over it closes, and the next refresh brings it to every system that may take it."
      said={`${label} is pinned. Undo it from the decisions.`}
      onDone={onDone}
    >
      {!isNone && fields.map((field) => <Field key={field.member} field={field} text={textOf(field, golden)} />)}
      {isItem && !isNone && <Text fw={600}>{display}</Text>}
      <Checkbox
        label={isItem ? 'The customer does not have it' : 'There is none: pin that it is empty'}
        checked={isNone}
        onChange={({ currentTarget }) => setIsNone(currentTarget.checked)}
      />
      <TextInput
        type="datetime-local"
        label="Ends (optional)"
        description="After that it counts as a steward’s word of today: what was said later may win."
        name="until"
      />
    </ActForm>
  );
}

function Field({ field, text }: { field: ValueField; text: string }) {
  const shared = { label: field.label, name: `value.${field.member}`, defaultValue: text };
  if (field.input === 'lines') return <Textarea {...shared} autosize minRows={2} />;
  if (typeof field.input !== 'string') {
    return <NativeSelect {...shared} data={[{ value: '', label: 'Choose' }, ...field.input]} />;
  }
  return <TextInput {...shared} description={field.hint} type={field.input === 'date' ? 'date' : 'text'} />;
}
