import { Model, modelAsShipped, type CanonicalModel } from '@cinch/canonical-model';
import type { Glance } from './transaction.ts';

/** A document is compiled once, however many hubs a process serves. The newest last. */
const compiled = new Map<string, Model>();
const mostCompiled = 20;

interface Version {
  version: number;
  digest: string;
}

/** The canonical model in force in this transaction: whoever reads attributes takes it from here, and passes it on. */
export async function modelInForce(tx: Glance): Promise<Model> {
  const [latest] = await tx.query<Version>('select version, digest from canonical_model order by version desc limit 1');
  return latest ? modelOf(tx, latest) : modelAsShipped;
}

/** The models that were in force at these instants, for what is told of the past: it is called as it was called then. */
export async function modelsAt(tx: Glance, instants: readonly Date[]): Promise<(at: Date) => Model> {
  const versions = await tx.query<Version & { publishedAt: Date }>(
    'select version, digest, published_at as "publishedAt" from canonical_model order by version desc',
  );
  const at = (instant: Date) => versions.find(({ publishedAt }) => publishedAt <= instant);
  const asked = new Set(instants.flatMap((instant) => at(instant) ?? []));
  const models = new Map<number, Model>();
  for (const one of asked) models.set(one.version, await modelOf(tx, one));
  return (instant) => models.get(at(instant)?.version ?? 0) ?? modelAsShipped;
}

async function modelOf(tx: Glance, { version, digest }: Version): Promise<Model> {
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
