import { canonicalJson, type Json, readPath } from '@cinch/canonical-model';
import express, { type Router } from 'express';
import { z } from 'zod';
import type { RefusedField, RowData } from '../fields.ts';
import type { AdapterRow } from '../protocol.ts';
import { searchLimit, unknownCustomer } from './customer-api.ts';
import type { CustomerStore } from './customer-store.ts';
import { type Html, html } from './html.ts';
import type { FormField, PageModel } from './native-model.ts';
import { contentSecurityPolicy, frame, styleSheet } from './page-frame.ts';

const listQuery = z.object({ search: z.string().default(''), deleted: z.string().optional() });
const editQuery = z.object({ saved: z.coerce.number().int().optional() });
const formBody = z.record(z.string(), z.string());
const readForm = express.urlencoded({ extended: false, limit: '64kb' });

/** Two plain pages: the list with its search, and the form of one customer. They work without any script. */
export function customerPages(page: PageModel, store: CustomerStore, rehearsal: Router | null): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
    next();
  });

  router.get('/style.css', (_request, response) => {
    response.type('css').send(styleSheet(page.accent));
  });

  router.get('/', async (request, response) => {
    const { search, deleted } = listQuery.parse(request.query);
    const rows = await store.search(search, searchLimit);
    const message = deleted === undefined ? null : deletedMessage(deleted);
    response.send(frame(page, 'Customers', listContent(page, search, rows, message, rehearsal !== null)));
  });

  if (rehearsal) router.use(rehearsal);

  router.get('/customers/:key', async (request, response) => {
    const { saved } = editQuery.parse(request.query);
    const row = await store.find(request.params.key);
    if (!row) throw unknownCustomer(request.params.key);
    const message = saved === row.version ? savedMessage(row.version) : null;
    response.send(frame(page, page.displayName(row.data), editContent(page, row, message)));
  });

  router.post('/customers/:key', readForm, async (request, response) => {
    const { key } = request.params;
    const typed = formBody.parse(request.body ?? {});
    const row = await store.find(key);
    if (!row) throw unknownCustomer(key);
    const outcome = await store.change(key, changedFields(page, row.data, typed), Number(typed.version));
    if (outcome.kind === 'unknown-key') throw unknownCustomer(key);
    if (outcome.kind === 'saved') {
      // After the redirect a reload shows the customer again instead of posting the form again.
      return response.redirect(303, `/customers/${encodeURIComponent(key)}?saved=${outcome.row.version}`);
    }
    const [message, shown] =
      outcome.kind === 'mismatch'
        ? [
            refusedMessage(
              'Somebody changed this customer meanwhile. These are the values now; make your change again.',
              [],
            ),
            {},
          ]
        : [refusedMessage('Not saved:', outcome.refused), typed];
    const content = editContent(page, outcome.row, message, shown);
    response
      .status(outcome.kind === 'mismatch' ? 409 : 422)
      .send(frame(page, page.displayName(outcome.row.data), content));
  });

  // Without a script the question is a page of its own.
  router.get('/customers/:key/delete', async (request, response) => {
    const row = await store.find(request.params.key);
    if (!row) throw unknownCustomer(request.params.key);
    response.send(frame(page, 'Delete', deleteContent(page, row, null)));
  });

  router.post('/customers/:key/delete', readForm, async (request, response) => {
    const { key } = request.params;
    const outcome = await store.remove(key, Number(formBody.parse(request.body ?? {}).version));
    if (outcome.kind === 'unknown-key') throw unknownCustomer(key);
    if (outcome.kind === 'removed') return response.redirect(303, `/?deleted=${encodeURIComponent(key)}`);
    const message = refusedMessage('Somebody changed this customer meanwhile. Look again before you delete it.', []);
    response.status(409).send(frame(page, 'Delete', deleteContent(page, outcome.row, message)));
  });

  return router;
}

function listContent(
  page: PageModel,
  search: string,
  rows: readonly AdapterRow[],
  message: Html | null,
  isRehearsed: boolean,
): Html {
  const found = rows.map(
    (row) =>
      html`<tr>
        <td><a href="/customers/${encodeURIComponent(row.key)}">${row.key}</a></td>
        ${page.columns.map((column) => html`<td>${column.text(row.data)}</td>`)}
      </tr>`,
  );
  return html`<h1>Customers</h1>
    ${message}
    <form class="search" method="get" action="/" role="search">
      <div>
        <label for="search">Search</label>
        <input id="search" name="search" type="search" value="${search}" />
      </div>
      <button>Search</button>
    </form>
    ${
      found.length === 0
        ? html`<p class="card">
            No customer was found. Search by a part of the name, the key, the phone or the e-mail.
          </p>`
        : html`<div class="card scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Key</th>
                    ${page.columns.map((column) => html`<th scope="col">${column.label}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${found}
                </tbody>
              </table>
            </div>
            ${rows.length === searchLimit && html`<p class="hint">These are the first ${searchLimit}. Search to see others.</p>`}`
    }
    ${isRehearsed && html`<p class="aside"><a href="/rehearsal">Rehearse a restore</a></p>`}`;
}

function editContent(page: PageModel, row: AdapterRow, message: Html | null, typed: Record<string, string> = {}): Html {
  const fields = page.formFields(row.data);
  return html`<p class="soft"><a href="/">All customers</a></p>
    <h1>${page.displayName(row.data)}</h1>
    <p class="soft">${row.key} · version ${row.version} · changed ${row.changedAt}</p>
    ${message}
    <form class="card" method="post" action="/customers/${encodeURIComponent(row.key)}">
      <input type="hidden" name="version" value="${row.version}" />
      <div class="fields">
        ${fields.map((field, index) => formInput(field, `field-${index}`, typed[field.path] ?? shownText(field, row.data)))}
      </div>
      <div class="actions"><button>Save</button></div>
    </form>
    <p class="aside"><a href="/customers/${encodeURIComponent(row.key)}/delete">Delete this customer</a></p>`;
}

function deleteContent(page: PageModel, row: AdapterRow, message: Html | null): Html {
  const own = `/customers/${encodeURIComponent(row.key)}`;
  return html`<h1>Delete ${page.displayName(row.data)}?</h1>
    <p class="soft">${row.key} · version ${row.version} · changed ${row.changedAt}</p>
    ${message}
    <form class="card" method="post" action="${own}/delete">
      <input type="hidden" name="version" value="${row.version}" />
      <p>The customer leaves ${page.title} for good. Its key is not given out again.</p>
      <div class="actions"><button class="danger">Delete</button> <a href="${own}">Keep it</a></div>
    </form>`;
}

function formInput(field: FormField, id: string, value: string): Html {
  const named = html`id="${id}" name="${field.path}"${field.hint && html` aria-describedby="${id}-hint"`}`;
  const input = field.options
    ? html`<select ${named}>
        ${field.options.map((each) => html`<option value="${each.value}" ${each.value === value && html` selected`}>${each.label}</option>`)}
      </select>`
    : field.isLines
      ? html`<textarea ${named} rows="2">${value}</textarea>`
      : html`<input ${named} value="${value}" autocomplete="off" />`;
  return html`<div>
    <label for="${id}">${field.label}</label>
    ${input} ${field.hint && html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
  </div>`;
}

/** Only what the person changed is written, so a form never sends back what somebody else's rule made of a value. */
function changedFields(page: PageModel, data: RowData, typed: Record<string, string>): Record<string, Json> {
  return Object.fromEntries(
    page.formFields(data).flatMap((field) => {
      const text = typed[field.path];
      if (text === undefined || text.replaceAll('\r\n', '\n') === shownText(field, data)) return [];
      return [[field.path, parseText(field, text)]];
    }),
  );
}

function parseText(field: FormField, text: string): Json {
  if (field.parse) return field.parse(text);
  if (field.isLines) return text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return text.trim() === '' ? null : text;
}

function shownText(field: FormField, data: RowData): string {
  const value = readPath(data, field.path);
  if (value === null) return '';
  if (field.show) return field.show(value);
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' ? value : canonicalJson(value);
}

function savedMessage(version: number): Html {
  return html`<p class="message saved" role="status">Saved, version ${version}</p>`;
}

function deletedMessage(key: string): Html {
  return html`<p class="message saved" role="status">Deleted, ${key}</p>`;
}

function refusedMessage(lead: string, refused: readonly RefusedField[]): Html {
  return html`<div class="message refused" role="alert">
    ${lead}${
      refused.length > 0 &&
      html`<ul>
        ${refused.map((each) => html`<li>${each.detail}</li>`)}
      </ul>`
    }
  </div>`;
}
