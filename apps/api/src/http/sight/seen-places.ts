import { masked } from '@cinch/api-contract';
import { projectionOf, type Json, type MappingDocument } from '@cinch/canonical-model';
import type { Sight } from './sight.ts';

/** What a system keeps at a place of its rows: whose values of the canonical model these are. A place that nothing names may hold anything. */
export class SeenPlaces {
  private readonly seen = new Set<string>();
  private readonly hidden = new Set<string>();

  constructor(document: MappingDocument, sight: Sight) {
    const { places, lists } = projectionOf(document, 0, sight.model);
    const add = (attribute: string, paths: readonly string[]) => {
      for (const path of paths) (sight.hides(attribute) ? this.hidden : this.seen).add(plain(path));
    };
    for (const { attribute, paths } of places) add(attribute, paths);
    for (const { list, path, members } of lists) {
      add(list, [path, ...members.map((member) => `${path}.${member}`)]);
    }
    const { key, version, changedAt, kind } = document;
    for (const field of [key, version, changedAt]) if (field) this.seen.add(plain(field.path));
    if ('path' in kind) this.seen.add(plain(kind.path));
  }

  /** Whether what stands there may be shown: it, or what it is a part of, is all of values that the caller sees. */
  shows(path: string): boolean {
    const place = plain(path);
    for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      if (this.hidden.has(at)) return false;
      if (this.seen.has(at)) return true;
    }
    return false;
  }
}

/** A path without the values by which elements of lists are named. */
export function withoutKeys(path: string): string {
  return path.replace(/\[[^\]]*\]?/g, `[${masked}]`);
}

function plain(path: string): string {
  return path.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]/g, '');
}

/** A row or fields of a system, with what the caller may not see masked. Without places nothing is known of it, and all is. */
export function nativeSeen(native: Json, places: SeenPlaces | null, within = ''): Json {
  if (Array.isArray(native)) return native.map((one) => nativeSeen(one, places, within));
  if (native !== null && typeof native === 'object') {
    const members = Object.entries(native).map(([name, value]): [string, Json] => {
      const path = within === '' ? name : `${within}.${name}`;
      const isShown = places?.shows(path) ?? false;
      return [isShown || !name.includes('[') ? name : withoutKeys(name), nativeSeen(value, places, path)];
    });
    return Object.fromEntries(members);
  }
  return native === null || native === '' || places?.shows(within) ? native : masked;
}
