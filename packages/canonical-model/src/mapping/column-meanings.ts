/**
 * What a column may hold (a part of the envelope, an attribute, a member of a group) and the names that such columns have in the field,
 * without blanks, case and punctuation; the first that a file has is the one that counts.
 */
const columnNames: Readonly<Record<string, readonly string[]>> = {
  key: [
    'id',
    'customerid',
    'custid',
    'customerno',
    'customernumber',
    'accountno',
    'acctno',
    'accountnumber',
    'recid',
    'key',
    'no',
    'number',
  ],
  version: ['version', 'rowversion', 'rev', 'ver'],
  changedAt: [
    'changedat',
    'changed',
    'updatedat',
    'updated',
    'modifiedat',
    'modified',
    'lastmodified',
    'lastchanged',
    'lastupdated',
  ],
  kind: ['kind', 'type', 'custtype', 'customertype'],
  'name.given': ['given', 'givenname', 'firstname', 'first', 'forename'],
  'name.middle': ['middle', 'middlename', 'middleinitial', 'initial'],
  'name.family': ['family', 'familyname', 'lastname', 'last', 'surname'],
  'name.legal': ['company', 'companyname', 'organization', 'organisation', 'organizationname', 'legalname', 'business'],
  'name.whole': ['name', 'fullname', 'customername'],
  birthDate: ['birthdate', 'dateofbirth', 'dob', 'born', 'birthday'],
  'phone.primary': ['phone', 'phonenumber', 'telephone', 'tel', 'mobile', 'cell', 'mobilephone', 'homephone'],
  'email.primary': ['email', 'emailaddress', 'mail'],
  'address.primary.line1': ['street', 'address', 'address1', 'addr1', 'addressline1', 'line1', 'streetaddress'],
  'address.primary.line2': ['address2', 'addr2', 'addressline2', 'line2'],
  'address.primary.locality': ['city', 'town', 'locality', 'suburb'],
  'address.primary.region': ['state', 'region', 'province', 'county', 'st'],
  'address.primary.postalCode': ['zip', 'zipcode', 'postcode', 'postalcode'],
  'address.primary.country': ['country', 'countrycode'],
  'consent.marketing': ['marketing', 'marketingconsent', 'optin', 'newsletter', 'mktok', 'consent'],
  points: ['points', 'loyaltypoints', 'loyaltypts'],
};

/** The column of each meaning, for the columns that have one. */
export function columnsByMeaning(columns: readonly string[]): Map<string, string> {
  const bare = new Map(columns.map((column) => [column.toLowerCase().replace(/[^a-z0-9]/g, ''), column]));
  const found = new Map<string, string>();
  for (const [meaning, names] of Object.entries(columnNames)) {
    const name = names.find((one) => bare.has(one));
    if (name !== undefined) found.set(meaning, bare.get(name)!);
  }
  return found;
}
