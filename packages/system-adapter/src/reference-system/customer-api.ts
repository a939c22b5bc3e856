import type { Json } from '@cinch/canonical-model';
import express, { type Router } from 'express';
import { z } from 'zod';
import { ProblemError } from '../problem.ts';
import type { Act, CustomerStore } from './customer-store.ts';

/** Adds what one system alone can do to its API. */
export type OwnRoutes = (router: Router, act: Act) => void;

const searchQuery = z.object({ search: z.string().default('') });
const patchBody = z.record(z.string(), z.json());
export const searchLimit = 200;

/** The system's own API. It works on native rows and knows nothing of the hub. */
export function customerApi(store: CustomerStore, addRoutes?: OwnRoutes): Router {
  const router = express.Router();
  router.use(express.json({ limit: '256kb', type: ['application/json', 'application/merge-patch+json'] }));
  addRoutes?.(router, store.act);

  router.get('/customers', async (request, response) => {
    const { search } = searchQuery.parse(request.query);
    const rows = await store.search(search, searchLimit);
    response.json({ customers: rows.map((row) => row.data) });
  });

  router.get('/customers/:key', async (request, response) => {
    const row = await store.find(request.params.key);
    if (!row) throw unknownCustomer(request.params.key);
    response.set('etag', `"${row.version}"`).json(row.data);
  });

  router.patch('/customers/:key', async (request, response) => {
    const { key } = request.params;
    const outcome = await store.change(
      key,
      leafFields(patchBody.parse(request.body)),
      versionOf(request.get('if-match')),
    );
    switch (outcome.kind) {
      case 'unknown-key':
        throw unknownCustomer(key);
      case 'mismatch':
        throw versionChanged(outcome.row.version);
      case 'refused':
        throw new ProblemError(
          422,
          'value-refused',
          outcome.refused.map((each) => each.detail).join(' '),
          outcome.refused,
        );
      case 'saved':
        response.set('etag', `"${outcome.row.version}"`).json(outcome.row.data);
    }
  });

  router.delete('/customers/:key', async (request, response) => {
    const { key } = request.params;
    const outcome = await store.remove(key, versionOf(request.get('if-match')));
    if (outcome.kind === 'unknown-key') throw unknownCustomer(key);
    if (outcome.kind === 'mismatch') throw versionChanged(outcome.row.version);
    response.status(204).end();
  });

  router.post('/push-all', async (_request, response) => {
    response.status(202).json({ enqueued: await store.pushAll() });
  });

  return router;
}

/** A merge patch as paths and values: objects are merged member by member, lists and plain values are replaced. */
function leafFields(patch: Record<string, Json>, prefix = ''): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([name, value]): [string, Json][] => {
      const path = prefix + name;
      const isMerged = value !== null && typeof value === 'object' && !Array.isArray(value);
      return isMerged ? Object.entries(leafFields(value, `${path}.`)) : [[path, value]];
    }),
  );
}

function versionOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch === '*') return null;
  const version = /^"(\d+)"$/.exec(ifMatch)?.[1];
  if (!version)
    throw new ProblemError(400, 'invalid-request', 'If-Match must be the ETag of the customer as it was read.');
  return Number(version);
}

function versionChanged(version: number): ProblemError {
  return new ProblemError(409, 'version-changed', `The customer now has version ${version}. Read it again.`);
}

export function unknownCustomer(key: string): ProblemError {
  return new ProblemError(404, 'unknown-key', `There is no customer "${key}".`);
}
