import { Model, modelAsShipped, type CanonicalModel } from '@cinch/canonical-model';
import type { Glance } from './transaction.ts';

/** A document is compiled once, however many hubs a process serves. The newest last. */
const compiled = new Map<string, Model>();
const mostCompiled = 20;

/** The canonical model in force in this transaction: whoever reads attributes takes it from here, and passes it on. */
export async function modelInForce(tx: Glance): Promise<Model> {
  const [latest] = await tx.query<{ version: number; digest: string }>(
    'select version, digest from canonical_model order by version desc limit 1',
  );
  if (!latest) return modelAsShipped;
  const { version, digest } = latest;
  const name = `${version} ${digest}`;
  const known = compiled.get(name);
  if (known) return known;
  const [row] = await tx.query<{ document: string }>('select document from canonical_model where version = $1', [
    version,
  ]);
  const model = new Model(JSON.parse(row!.document) as CanonicalModel, version);
  if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value!);
  compiled.set(name, model);
  return model;
}
