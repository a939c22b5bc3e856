import type { FormField, PageModel } from '@cinch/system-adapter/reference-system';
import { displayName, primary } from './display.ts';
import { lifecycles } from './field-rules.ts';
import { itemLines } from './item-lines.ts';

const personFields: FormField[] = [
  { label: 'Given name', path: 'person.given' },
  { label: 'Middle name', path: 'person.middle' },
  { label: 'Family name', path: 'person.family' },
  { label: 'Birth date', path: 'birthDate', hint: 'Such as 1984-05-17.' },
];

const organizationFields: FormField[] = [
  { label: 'Legal name', path: 'organization.legalName' },
  { label: 'Trading as', path: 'organization.tradingAs' },
];

const sharedFields: FormField[] = [
  { label: 'Phone', path: 'phones[primary=true].e164', hint: 'International, such as +12025550143.' },
  { label: 'E-mail', path: 'emails[primary=true].address' },
  { label: 'Address lines', path: 'addresses[primary=true].lines', isLines: true },
  { label: 'City', path: 'addresses[primary=true].locality' },
  { label: 'State', path: 'addresses[primary=true].region' },
  { label: 'Postal code', path: 'addresses[primary=true].postalCode' },
  { label: 'Country', path: 'addresses[primary=true].country', hint: 'Two letters.' },
  { label: 'Lifecycle', path: 'lifecycle', options: lifecycles.map((value) => ({ value, label: value })) },
  {
    label: 'Marketing consent',
    path: 'consent',
    options: [
      { value: '', label: 'unknown' },
      { value: 'true', label: 'given' },
      { value: 'false', label: 'refused' },
    ],
    parse: (text) => (text === '' ? null : text === 'true'),
  },
  { label: 'Credit limit', path: 'creditLimit.amount', hint: 'In US dollars, such as 2500.00.' },
];

export const bellyfatPage: PageModel = {
  title: 'BellyFat',
  tagline: 'Products and rights',
  accent: '#0b5c63',
  columns: [
    { label: 'Name', text: displayName },
    { label: 'Phone', text: (data) => primary(data, 'phones[primary=true].e164') },
    { label: 'E-mail', text: (data) => primary(data, 'emails[primary=true].address') },
    { label: 'City', text: (data) => primary(data, 'addresses[primary=true].locality') },
    { label: 'Lifecycle', text: (data) => primary(data, 'lifecycle') },
  ],
  displayName,
  formFields: (data) => [
    ...(data.person ? personFields : organizationFields),
    ...sharedFields,
    itemLines('Products', 'products', data.products),
    itemLines('Rights', 'rights', data.rights),
  ],
};
