import type { OpenAPIObject } from '@nestjs/swagger';
import { whoMay } from '../access/rights.ts';

interface Operation {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: object; description?: string }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>;
}

/** The description of the API as one page, without a script and without anything from elsewhere. */
export function docsPage(document: OpenAPIObject): string {
  const groups = Map.groupBy(operationsOf(document), ({ path }) => groupOf(path));
  const names = [...groups.keys()];
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The API of Cinch</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>The API of Cinch</h1>
<p>The same as <a href="/openapi.json">/openapi.json</a> (OpenAPI ${escaped(document.openapi)}). Systems send their key, automation the admin token, as
<code>Authorization: Bearer …</code>; people log in. What goes wrong is <code>application/problem+json</code> with a code and what to do next.</p>
<nav aria-label="Parts of the API"><ul>${names.map((name) => `<li><a href="#${name}">${name}</a></li>`).join('')}<li><a href="#schemas">schemas</a></li></ul></nav>
${[...groups].map(([name, operations]) => `<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2>${operations.map(operationShown).join('')}</section>`).join('\n')}
<section aria-labelledby="schemas"><h2 id="schemas">schemas</h2>
${schemas.map(([name, schema]) => `<details id="schema-${escaped(name)}"><summary>${escaped(name)}</summary>${jsonShown(schema)}</details>`).join('\n')}
</section>
</main>
</body>
</html>
`;
}

interface Named {
  method: string;
  path: string;
  operation: Operation;
}

function operationsOf(document: OpenAPIObject): Named[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => {
      return { method: method.toUpperCase(), path, operation };
    }),
  );
}

function groupOf(path: string): string {
  const [, part = 'hub'] = /^\/api\/v1\/([a-z-]+)/.exec(path) ?? [];
  return part;
}

function operationShown({ method, path, operation }: Named): string {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const who = whoMay(method, path.replaceAll(/\{(\w+)\}/g, ':$1')) ?? 'nobody';
  const given = parameters.map(({ name, in: place, required, schema, description: words }) => {
    const told = [place, required ? 'required' : 'optional', words].filter(Boolean).join(', ');
    return `<li><code>${escaped(name)}</code> (${escaped(told)}) ${schema ? schemaShown(schema) : ''}</li>`;
  });
  const body = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<li>${escaped(type)} ${schemaShown(schema)}</li>`,
  );
  const answers = Object.entries(responses).map(([status, { description: words = '', content = {} }]) => {
    const forms = Object.values(content).map(({ schema }) => schemaShown(schema));
    return `<li><code>${escaped(status)}</code> ${escaped(words)} ${forms.join(' ')}</li>`;
  });
  const list = (title: string, items: readonly string[]) =>
    items.length > 0 ? `<h3>${title}</h3><ul>${items.join('')}</ul>` : '';
  return `<details><summary><b class="${method.toLowerCase()}">${method}</b> <code>${escaped(path)}</code></summary>
<p>${escaped([summary, description].filter(Boolean).join(' '))} <em>Who may: ${escaped(who)}.</em></p>
${list('Parameters', given)}${list('Body', body)}${list('Answers', answers)}</details>`;
}

function schemaShown(schema: object | undefined): string {
  const [, name] = /^#\/components\/schemas\/(.+)$/.exec((schema as { $ref?: string } | undefined)?.$ref ?? '') ?? [];
  if (name !== undefined) return `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`;
  return schema === undefined || Object.keys(schema).length === 0
    ? ''
    : `<code>${escaped(JSON.stringify(schema))}</code>`;
}

/** References lead to the schema that they name. */
function jsonShown(schema: object): string {
  const text = escaped(JSON.stringify(schema, null, 2));
  const linked = text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>');
  return `<pre tabindex="0">${linked}</pre>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: light-dark(#1c2430, #e6e9ee); background: light-dark(#fff, #16191f); }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
a { color: light-dark(#0b4f9c, #8ebdf5); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
h2 { margin: 2rem 0 .5rem; }
h3 { margin: .75rem 0 .25rem; font-size: 1rem; }
details { border: 1px solid light-dark(#d0d5dd, #3a414d); border-radius: 6px; margin: .35rem 0; padding: .35rem .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary b { display: inline-block; min-width: 4.5rem; }
pre { overflow-x: auto; background: light-dark(#f4f6f9, #1f242d); padding: .75rem; border-radius: 6px; }
code { overflow-wrap: anywhere; }
`;
