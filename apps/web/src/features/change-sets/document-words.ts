import type { DocumentName } from '../../api/drafts.ts';

const words: Record<DocumentName['kind'], string> = {
  canonicalModel: 'Canonical model',
  survivorship: 'Rules',
  matching: 'Match model',
  mapping: 'Mapping',
  scope: 'Scope',
};

/** What a document is called: *Rules*, or *Mapping of Adipose*. */
export function documentInWords({ kind, system }: DocumentName, nameOf: (code: string) => string): string {
  return system === null ? words[kind] : `${words[kind]} of ${nameOf(system)}`;
}
