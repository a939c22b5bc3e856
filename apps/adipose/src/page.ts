import type { FormField, PageModel } from '@cinch/system-adapter/reference-system';

const formFields: FormField[] = [
  { label: 'Name', path: 'name', hint: 'Persons as FAMILY, GIVEN M. Kept in upper case, 24 characters at most.' },
  { label: 'Phone', path: 'phone', hint: 'Ten national digits.' },
  { label: 'E-mail', path: 'email' },
  { label: 'Address line 1', path: 'addr1', hint: '30 characters at most.' },
  { label: 'Address line 2', path: 'addr2' },
  { label: 'City', path: 'city' },
  { label: 'State', path: 'st', hint: 'Two letters.' },
  { label: 'ZIP code', path: 'zip' },
  {
    label: 'Status',
    path: 'status',
    options: [
      { value: 'A', label: 'A: active' },
      { value: 'I', label: 'I: inactive' },
    ],
  },
  {
    label: 'Marketing allowed',
    path: 'mkt_ok',
    options: [
      { value: 'Y', label: 'Y: yes' },
      { value: 'N', label: 'N: no' },
    ],
  },
];

const creditLimit: FormField = {
  label: 'Credit limit in cents',
  path: 'credit_limit_cents',
  // What is no number goes as it was typed, for the rule to refuse in words.
  parse: (text) => (/^\d+$/.test(text.trim()) ? Number(text) : text),
};

export const adiposePage: PageModel = {
  title: 'Adipose',
  tagline: 'Customer transactions',
  accent: '#9a3f0c',
  columns: [
    { label: 'Name', text: (data) => String(data.name) },
    { label: 'Phone', text: (data) => String(data.phone ?? '') },
    { label: 'E-mail', text: (data) => String(data.email ?? '') },
    { label: 'City', text: (data) => [data.city, data.st].filter(Boolean).join(' ') },
    { label: 'Status', text: (data) => String(data.status) },
  ],
  displayName: (data) => String(data.name),
  formFields: () => [...formFields, creditLimit],
};
