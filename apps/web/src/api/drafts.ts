import type { DocumentKind } from '@cinch/api-contract';
import { useSyncExternalStore } from 'react';

/** Which document of the hub. */
export interface DocumentName {
  kind: DocumentKind;
  /** Null: there is one for the whole hub. */
  system: string | null;
}

/** A document that somebody is changing, and has not published. */
export interface KeptDraft extends DocumentName {
  text: string;
  /** The version that was in force when it was changed last. */
  baseVersion: number;
}

let drafts: readonly KeptDraft[] = [];
const listeners = new Set<() => void>();

/** Drafts stay while the console is open, whatever page is looked at, until they are published or discarded. */
export function keepDraft(draft: KeptDraft): void {
  const place = drafts.findIndex((one) => isSame(one, draft));
  set(place < 0 ? [...drafts, draft] : drafts.with(place, draft));
}

export function dropDraft(name: DocumentName): void {
  set(drafts.filter((one) => !isSame(one, name)));
}

/** The next person at this screen must not see them. */
export function forgetDrafts(): void {
  set([]);
}

export function useKeptDrafts(): readonly KeptDraft[] {
  return useSyncExternalStore(subscribe, () => drafts);
}

export function useKeptDraft(name: DocumentName): KeptDraft | undefined {
  return useKeptDrafts().find((one) => isSame(one, name));
}

function isSame(one: DocumentName, other: DocumentName): boolean {
  return one.kind === other.kind && one.system === other.system;
}

function set(next: readonly KeptDraft[]): void {
  drafts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
