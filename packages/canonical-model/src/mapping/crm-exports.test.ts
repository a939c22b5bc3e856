import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../examples/febrl/read-csv.mjs';
import { Model } from '../customer/model/model.ts';
import { shippedCanonicalModel } from '../customer/model/shipped-canonical-model.ts';
import { validateCanonicalModel } from '../customer/model/validate-canonical-model.ts';
import { checkMapping } from './check-mapping.ts';
import { compileLens } from './compile-lens.ts';
import { exampleFile } from './fixtures.ts';
import { compileTable } from './table.ts';
import { validateMapping } from './validate-mapping.ts';

const read = (name: string) => exampleFile(`crm-exports/${name}`);
const checkedModel = validateCanonicalModel(JSON.parse(read('canonical-model.json')), shippedCanonicalModel);

describe('exports of other makers', () => {
  it('need a model that is valid beside the one that ships', () => {
    expect(checkedModel.ok ? [] : checkedModel.problems).toEqual([]);
  });

  it.each([
    ['sales', 45],
    ['marketing', 48],
    ['service', 58],
  ])('%s keeps every one of its %i columns, and gives each row back as it was', (system, count) => {
    const model = new Model((checkedModel as Extract<typeof checkedModel, { ok: true }>).model, 1);
    const mapping = validateMapping(JSON.parse(read(`${system}.json`)), model);
    if (!mapping.ok) throw new Error(JSON.stringify(mapping.problems));
    const rows = readCsv(read(`${system}.csv`));
    const names = Object.keys(rows[0]!);
    const table = compileTable(mapping.mapping, model).header(names);
    if (!table.ok) throw new Error(JSON.stringify(table.problems));
    expect([table.columns.count, table.columns.unmapped]).toEqual([count, []]);
    const samples = rows.map((row) => table.columns.row(names.map((name) => row[name]!)));
    expect(checkMapping(compileLens(mapping.mapping, 1, model), samples)).toMatchObject({
      records: 3,
      readable: 3,
      faults: [],
      faultCount: 0,
      unreadable: [],
      inexpressible: [],
      unknownCodes: [],
    });
  });
});
