/**
 * How long and how many: the one home of every bound on what the canonical model takes in. Texts are counted in UTF-16 code units, as
 * `length` does. What is longer is a field error (`too-long`, `too-many`); nothing is ever cut to fit.
 */
export const longest = {
  /** A name, of a person, organisation or product, or another short text: no passport has longer ones. */
  name: 300,
  /** 64 for the mailbox, 255 for the domain and the @ (RFC 5321, 4.5.3.1). */
  email: 320,
  /** One line of an address. */
  addressLine: 200,
  /** Town, region, postal code or country. */
  place: 100,
  /** A text that is read and not looked for, such as a remark. */
  longText: 4_000,
  /** An identifier, and the codes, numbers and states of what a customer bought or may use. */
  code: 200,
  /** An amount as text: more digits than any account has. */
  amount: 40,
  /** A text as a system holds it, before any step looks at it. */
  native: 4_096,
  /** The key of a source record: it stands in indexes. */
  key: 200,
  /** The code of a system, as it stands in paths and rules. */
  systemCode: 40,
  /** A native path in a mapping or an increment. */
  path: 500,
  /** The name of a column of a table. */
  column: 200,
  /** A code, a constant or a name in a document. */
  word: 300,
  /** A regular expression in a rule, and a text that one is matched against. */
  pattern: 200,
  /** Why a person acts, as it stands in the history. */
  reason: 500,
  /** The id of an attribute or of an assertion of one: an item is named by all that it is known by. */
  attribute: 4_096,
  /** The id of a plain attribute, a list or a member in the canonical model. */
  attributeName: 60,
  /** What an attribute, a list or a member is called on screens. */
  label: 80,
  /** What an attribute or a list is for, in a sentence or two. */
  description: 500,
  /** An address of the web, and the source of an event. */
  address: 2_000,
  /** The token by which the hub shows itself to a system. */
  token: 4_096,
  /** A word, name or address made ready for matching; what folds to more says nothing there. */
  evidence: 512,
} as const;

export const most = {
  /** Lines of one address. */
  addressLines: 10,
  /** Elements of one list of a record, such as its products. */
  items: 1_000,
  /** Values of one kind (names, e-mails …) by which a record is compared with another: every one meets every one. */
  compared: 24,
  /** The same of names, of which every word meets every word. */
  comparedNames: 12,
  /** People of one household: what more share than that is no clue to who somebody is. */
  inHousehold: 12,
  /** Values of one kind that a match model names as shared; of more the most shared ones. */
  sharedValues: 500,
  /** Words of one name that are compared. */
  words: 16,
  /** Steps of one entry of a mapping. */
  steps: 16,
  /** Entries of a mapping: each attribute once for a kind of customer, with room. */
  entries: 100,
  /** Codes in one table of a mapping. */
  codes: 5_000,
  /** Words, and days, that mean nothing in one mapping. */
  nothingWords: 500,
  /** Columns of a table, such as a CSV file. */
  columns: 1_000,
  /** Numbers that one increment adds to. */
  increments: 100,
  /** Values that a rule ranks, and systems that it names. */
  ranked: 1_000,
  /** Documents that are published in one change set: a mapping and a scope of fifty systems, with room. */
  setDocuments: 110,
  /** Things that one call names: records, decisions, errors, samples. */
  named: 1_000,
  /** Sets of attributes of one system whose drift is looked for in another way. */
  comparedSets: 20,
  /** Parts of one predicate of a scope. */
  predicates: 200,
  /** Attributes of the canonical model, and lists of it: exports of large systems have some hundred columns. */
  attributes: 300,
  /** The highest number of an attribute: two bytes. */
  attributeNumber: 65_535,
  /** Sets of codes that the canonical model declares. */
  codeSets: 100,
  /** Members of the items of one list, and those that they are known by. */
  members: 40,
  /** Ways to tell an item of a list on one line. */
  templates: 10,
  /** Names that columns of one attribute are known to have. */
  columnNames: 40,
  /** What is listed of mistakes in one document: who mends these asks again. */
  problems: 200,
} as const;

/** Days outside of these years are slips of the keyboard, or a century that was left out. */
export const plausibleYears = { first: 1600, last: 2400 } as const;

/** What a document (mapping, rules, scope, match model) may come to before anybody looks at what it says. */
export const document = {
  /** Values in it, members of objects and elements of lists alike. */
  values: 100_000,
  /** All its names and texts together. */
  letters: 1024 * 1024,
  /** How far it is nested. */
  levels: 40,
} as const;

/** The highest version of a row: above it there would be no room left for those that follow, and none of them would ever count. */
export const mostVersion = 2 ** 53 - 2 ** 32;

/** A version above this is no next one after `known`: counters do not grow so far at once, and instants do not double. */
export function versionJump(known: number): number {
  return 2 * known + 2 ** 32;
}
