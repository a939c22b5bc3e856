import { Injectable } from '@nestjs/common';
import type { SystemView } from '@cinch/api-contract';
import {
  allFields,
  canonicalJson,
  entriesOf,
  viewDifference,
  wholeView,
  type AttributeId,
  type Lens,
  type ViewDifference,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import type { ViewRow } from '../../stages/views/view-row.ts';
import { ViewsStore } from '../../stages/views/views.store.ts';
import { resolveCustomer } from './customer-identity.ts';

interface System {
  systemId: number;
  system: string;
  systemName: string;
  mappingVersion: number;
}

/** How each system sees a customer, beside what it holds. Nothing is offered by looking. */
@Injectable()
export class CustomerViewsQueries {
  constructor(
    private readonly views: ViewsStore,
    private readonly mappings: MappingsStore,
  ) {}

  async of(tx: Tx, publicId: string): Promise<SystemView[]> {
    const { customerId } = await resolveCustomer(tx, publicId);
    const systems = await tx.query<System>(
      `select system_id as "systemId", code as system, name as "systemName", mapping_version as "mappingVersion"
       from system where mapping_version is not null order by code`,
    );
    const shown: SystemView[] = [];
    for (const system of systems) {
      const lens = await this.mappings.lens(tx, system.systemId, system.mappingVersion);
      const rows = await this.views.ofCustomers(tx, system.systemId, [customerId]);
      shown.push(...rows.map((row) => viewOf(row, system, lens)));
    }
    return shown;
  }
}

function viewOf({ golden, record }: ViewRow, { systemId: _, ...system }: System, lens: Lens): SystemView {
  // A record that is still to be made holds nothing yet.
  const exists = record !== null && record.sourceKey !== null;
  const difference = viewDifference(
    golden,
    {
      recordId: record?.recordId ?? null,
      held: exists ? record.held : null,
      asserted: record?.asserted ?? {},
      parked: record?.parked ?? {},
    },
    lens,
  );
  return {
    ...system,
    recordId: record?.recordId ?? null,
    sourceId: record?.sourceKey ?? null,
    goldenVersion: golden.version,
    fields: fieldsOf(exists ? record.held : {}, difference.carried, lens),
    exceptions: [
      ...difference.parked.map((one) => ({
        kind: 'parked' as const,
        ...one,
        label: lens.model.labelOf(one.attribute),
      })),
      ...difference.inexpressible.map((one) => ({
        kind: 'inexpressible' as const,
        ...one,
        label: lens.model.labelOf(one.attribute),
      })),
      ...(exists ? golden.held : [])
        .filter((attribute) => lens.attributes.some((one) => one === attribute))
        .map((attribute) => ({
          kind: 'held' as const,
          attribute,
          label: lens.model.labelOf(attribute),
          code: 'open-conflict',
        })),
    ],
  };
}

function fieldsOf(
  held: NonNullable<ViewRow['record']>['held'],
  carried: ViewDifference['carried'],
  lens: Lens,
): SystemView['fields'] {
  const attributeAt = new Map<string, AttributeId>();
  for (const [attribute, { fields }] of [...entriesOf(held), ...entriesOf(carried)])
    for (const path of Object.keys(fields)) attributeAt.set(path, attribute);
  const holds = allFields(held);
  const view = wholeView(held, carried);
  return [...new Set([...Object.keys(holds), ...Object.keys(view)])].sort().map((path) => {
    const attribute = attributeAt.get(path) ?? null;
    const [now, then] = [holds[path] ?? null, view[path] ?? null];
    const differs = canonicalJson(now) !== canonicalJson(then);
    return { path, attribute, label: attribute && lens.model.labelOf(attribute), holds: now, view: then, differs };
  });
}
