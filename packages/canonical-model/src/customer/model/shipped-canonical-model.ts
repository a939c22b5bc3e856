import type { CanonicalModel } from './canonical-model.ts';
import { canonicalModelDocument } from './canonical-model.ts';

const use = { id: 'use', label: 'Use', shape: 'code' };
const personal = { sensitivity: 'personal' };
const sensitive = { sensitivity: 'sensitive' };

/**
 * Version 0 of the canonical model, in force until an admin publishes another. The primary phone, e-mail and address survive and conflict
 * as one attribute each; so does each scheme of identifier.
 */
export const shippedCanonicalModel: CanonicalModel = canonicalModelDocument.parse({
  format: 1,
  attributes: [
    { number: 1, id: 'name', label: 'Name', shape: 'name', ...personal, matching: 'name' },
    {
      number: 2,
      id: 'birthDate',
      label: 'Birth date',
      shape: 'date',
      ...sensitive,
      kinds: ['person'],
      matching: 'date',
      columns: ['birthdate', 'dateofbirth', 'dob', 'born', 'birthday'],
    },
    {
      number: 3,
      id: 'phone.primary',
      label: 'Phone',
      shape: 'phone',
      ...personal,
      matching: 'contact',
      columns: ['phone', 'phonenumber', 'telephone', 'tel', 'mobile', 'cell', 'mobilephone', 'homephone'],
    },
    {
      number: 4,
      id: 'email.primary',
      label: 'E-mail',
      shape: 'email',
      ...personal,
      matching: 'contact',
      columns: ['email', 'emailaddress', 'mail'],
    },
    { number: 5, id: 'address.primary', label: 'Address', shape: 'address', ...personal, matching: 'place' },
    {
      number: 6,
      id: 'identifier.national',
      label: 'National identifier',
      shape: 'identifier',
      scheme: 'national',
      ...sensitive,
      matching: 'identifier',
    },
    { number: 7, id: 'lifecycle', label: 'Lifecycle', shape: 'phase', ...personal },
    {
      number: 8,
      id: 'consent.marketing',
      label: 'Marketing consent',
      shape: 'yesNo',
      ...personal,
      columns: ['marketing', 'marketingconsent', 'optin', 'newsletter', 'mktok', 'consent'],
    },
    { number: 9, id: 'creditLimit', label: 'Credit limit', shape: 'money', ...sensitive, level: 'account' },
    { number: 10, id: 'lifetimeSpend', label: 'Lifetime spend', shape: 'money', ...sensitive, level: 'account' },
    {
      number: 11,
      id: 'points',
      label: 'Points',
      shape: 'count',
      ...personal,
      level: 'account',
      columns: ['points', 'loyaltypoints', 'loyaltypts'],
    },
    { number: 12, id: 'lastTransaction', label: 'Last transaction', shape: 'instant', ...personal, level: 'account' },
  ],
  lists: [
    {
      number: 13,
      id: 'phones',
      label: 'Further phones',
      ...personal,
      matching: 'contact',
      members: [use, { id: 'number', label: 'Number', shape: 'phone', needed: true }],
      key: ['use', 'number'],
      words: ['{number}[ ({use})]'],
    },
    {
      number: 14,
      id: 'emails',
      label: 'Further e-mails',
      ...personal,
      matching: 'contact',
      members: [
        use,
        { id: 'address', label: 'Address', shape: 'email', needed: true },
        { id: 'verified', label: 'Verified', shape: 'flag' },
      ],
      key: ['use', 'address'],
      words: ['{address} ({use}, {verified})', '{address} ({use})', '{address}[ ({verified})]'],
    },
    {
      number: 15,
      id: 'addresses',
      label: 'Further addresses',
      ...personal,
      matching: 'place',
      group: 'address',
      members: [use],
      key: ['use', 'lines', 'postalCode'],
      words: ['{*}[ ({use})]'],
    },
    {
      number: 16,
      id: 'products',
      label: 'Products',
      ...personal,
      members: [
        { id: 'sku', label: 'SKU', shape: 'code', needed: true },
        { id: 'name', label: 'Name', shape: 'text' },
        { id: 'purchasedAt', label: 'Bought', shape: 'date' },
        { id: 'serial', label: 'Serial', shape: 'code' },
      ],
      key: ['sku', 'serial'],
      words: [
        '{name} ({sku}, serial {serial})[, bought {purchasedAt}]',
        '{name} ({sku})[, bought {purchasedAt}]',
        '{sku}[ (serial {serial})][, bought {purchasedAt}]',
      ],
    },
    {
      number: 17,
      id: 'rights',
      label: 'Rights',
      ...personal,
      members: [
        { id: 'code', label: 'Code', shape: 'code', needed: true },
        { id: 'scope', label: 'Scope', shape: 'code' },
        { id: 'validFrom', label: 'Valid from', shape: 'date' },
        { id: 'validTo', label: 'Valid to', shape: 'date' },
        { id: 'status', label: 'Status', shape: 'code' },
      ],
      key: ['code', 'scope'],
      words: ['{code}[ for {scope}][ from {validFrom}][ to {validTo}][ ({status})]'],
    },
  ],
});
