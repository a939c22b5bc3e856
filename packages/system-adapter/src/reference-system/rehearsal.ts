import express, { type Router } from 'express';
import type { ClientBase } from 'pg';
import type { AdapterRow } from '../protocol.ts';
import type { CustomerStore } from './customer-store.ts';
import { type Html, html } from './html.ts';
import type { CustomerTable, PageModel } from './native-model.ts';
import { frame } from './page-frame.ts';

/** A copy of all rows, as a backup is one. */
export const rehearsalSchema = `
  create table if not exists rehearsal_copy (key text primary key, row json not null, kept_at timestamptz not null)`;

const pageOfRows = 1_000;

interface Copy {
  keptAt: Date;
  rows: number;
}

/**
 * A rehearsal of a restore (docs/restores.md): the demo's system keeps a copy of its rows, and sets its own table back to it for real and
 * without a word to the hub, as a restore does.
 */
export function rehearsalPages(page: PageModel, store: CustomerStore, table: CustomerTable): Router {
  const router = express.Router();
  router.get('/rehearsal', async (_request, response) => {
    const copy = await store.act(copyOf);
    response.send(frame(page, 'Rehearse a restore', content(page, copy)));
  });
  router.post('/rehearsal/keep', async (_request, response) => {
    await store.act((tx) => keep(tx, table));
    response.redirect(303, '/rehearsal');
  });
  router.post('/rehearsal/put-back', async (_request, response) => {
    const changed = await store.act((tx) => putBack(tx, table));
    const said = html`<p class="message saved" role="status">
      ${changed} of the rows are as they were. The hub was told nothing: let it refresh ${page.title}, and look under
      “Held”.
    </p>`;
    response.send(frame(page, 'Rehearse a restore', content(page, await store.act(copyOf), said)));
  });
  return router;
}

async function copyOf(tx: ClientBase): Promise<Copy | null> {
  const { rows } = await tx.query<{ at: Date | null; n: number }>(
    'select max(kept_at) as at, count(*)::int as n from rehearsal_copy',
  );
  const { at, n } = rows[0]!;
  return at === null ? null : { keptAt: at, rows: n };
}

async function keep(tx: ClientBase, table: CustomerTable): Promise<void> {
  const rows = await allRows(tx, table);
  await tx.query('delete from rehearsal_copy');
  await tx.query(
    `insert into rehearsal_copy (key, row, kept_at) select t.row ->> 'key', t.row, now() from unnest($1::json[]) as t(row)`,
    [rows.map((row) => JSON.stringify(row))],
  );
}

/** Returns how many rows became others, came back or went. */
async function putBack(tx: ClientBase, table: CustomerTable): Promise<number> {
  const { rows } = await tx.query<{ row: AdapterRow }>('select row from rehearsal_copy order by key');
  const kept = rows.map(({ row }) => row);
  if (kept.length === 0) return 0;
  const now = new Map((await allRows(tx, table)).map((row) => [row.key, row]));
  const other = kept.filter((row) => JSON.stringify(now.get(row.key)) !== JSON.stringify(row));
  const isKept = new Set(kept.map(({ key }) => key));
  const gone = [...now.keys()].filter((key) => !isKept.has(key));
  await table.save(tx, other);
  for (const key of gone) await table.remove(tx, key);
  return other.length + gone.length;
}

async function allRows(tx: ClientBase, table: CustomerTable): Promise<AdapterRow[]> {
  const all: AdapterRow[] = [];
  for (let after: string | null = null; ;) {
    const rows: AdapterRow[] = await table.list(tx, after, pageOfRows);
    all.push(...rows);
    if (rows.length < pageOfRows) return all;
    after = rows.at(-1)?.key ?? null;
  }
}

function content(page: PageModel, copy: Copy | null, said: Html | null = null): Html {
  return html`<p class="soft"><a href="/">All customers</a></p>
    <h1>Rehearse a restore</h1>
    <p class="soft">What the hub asks when the database of ${page.title} is put back from a backup.</p>
    ${said}
    <div class="card">
      <h2>1. Keep a copy of all rows</h2>
      <p class="hint">
        ${copy ? html`Kept: ${copy.rows} rows at ${copy.keptAt.toISOString()}.` : 'None is kept yet. It stands for the backup of last night.'}
      </p>
      <form method="post" action="/rehearsal/keep"><button>Keep a copy</button></form>
      <h2>2. Go on working</h2>
      <p class="hint">
        Change a customer or some of them on their pages here, and see the changes arrive at the hub. One is asked about
        by itself; ten at once are one question about the whole system.
      </p>
      <h2>3. Put the copy back</h2>
      <p class="hint">All rows are as they were then, with the versions that they had. The hub is not told.</p>
      ${
        copy
          ? html`<form method="post" action="/rehearsal/put-back">
              <button class="danger">Put the copy back</button>
            </form>`
          : html`<p>Keep a copy first.</p>`
      }
      <h2>4. Answer the question</h2>
      <p class="hint">
        In the hub, start a refresh of ${page.title}. Then two clicks: Held, Answer. It was “restored”; set back to the
        instant of the copy, and restored when you put it back.
      </p>
    </div>`;
}
