import type { CustomerKind, ItemListId, PlainAttributeId } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import type { Json } from '../json.ts';
import { noConventions } from './conventions.ts';
import { withCrosswalks } from './crosswalks.ts';
import type { MappingDocument } from './document.ts';
import { compileEntry } from './entry-codec.ts';

/** What is compared of a system's rows, and what counts as one: the document by which two rows are equal (rule 32). */
export interface Projection {
  format: 1;
  system: string;
  /** Version of the mapping that it follows from. */
  mappingVersion: number;
  /** Ways to write nothing, which are all one. */
  nothing: readonly ['null', 'absent', 'empty-text', 'empty-list'];
  /** Values are equal when the mapping reads them as one; what it cannot read is equal only to its very spelling. */
  values: 'as-read';
  places: { attribute: PlainAttributeId; kinds: CustomerKind[]; paths: string[]; absent: string }[];
  /** Elements have no order, and each stands there once by its key. */
  lists: {
    list: ItemListId;
    path: string;
    where: Record<string, Json>;
    order: 'any';
    key: string[];
    members: string[];
    absent: string;
  }[];
}

/** The projection of a document that `validateMapping` has accepted. */
export function projectionOf(published: MappingDocument, mappingVersion: number, model: Model): Projection {
  const document = withCrosswalks(published, model);
  return {
    format: 1,
    system: document.system,
    mappingVersion,
    nothing: ['null', 'absent', 'empty-text', 'empty-list'],
    values: 'as-read',
    places: document.attributes
      .filter((entry) => model.isInForce(entry.attribute))
      .map((entry) => {
        const { attribute, kinds, absent } = entry;
        return { attribute, kinds: [...kinds], paths: [...compileEntry(entry, model, noConventions).paths], absent };
      }),
    lists: document.lists
      .filter(({ list }) => model.isInForce(list))
      .map(({ list, path, where, absent, members }) => {
        const pathOf = (member: string) => members[member]?.path ?? [];
        const key = model.listOf(list)!.key.flatMap(pathOf);
        return { list, path, where, order: 'any', key, members: Object.keys(members).flatMap(pathOf), absent };
      }),
  };
}
