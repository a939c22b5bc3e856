import { Html, html } from './html.ts';
import type { PageModel } from './native-model.ts';

/** No script at all, and styles from this server only. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function frame(page: PageModel, title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${page.title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <div class="wide"><a href="/">${page.title}</a><span>${page.tagline}</span></div>
        </header>
        <main class="wide">${content}</main>
      </body>
    </html>`.text;
}

export function styleSheet(accent: string): string {
  return `
:root { --accent: ${accent}; --line: #d9dde3; --ink: #1c2430; --soft: #566072; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f6f7f9; }
.wide { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
header { background: var(--accent); color: #fff; padding: 14px 0; }
header a { color: inherit; font-size: 1.25rem; font-weight: 700; text-decoration: none; margin-right: 14px; }
main.wide { padding-top: 24px; padding-bottom: 48px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 1rem; margin: 24px 0 4px; }
a { color: var(--accent); }
a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--soft); margin: 0 0 16px; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 20px; margin-top: 16px; }
.scroll { padding: 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; padding: 9px 14px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-size: .85rem; color: var(--soft); }
tr:last-child td { border-bottom: 0; }
form.search { display: flex; gap: 8px; align-items: end; flex-wrap: wrap; margin-top: 16px; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 16px; }
label { display: block; font-weight: 600; font-size: .9rem; margin-bottom: 4px; }
input, select, textarea { width: 100%; font: inherit; color: inherit; background: #fff; padding: 8px 10px; border: 1px solid #8a93a3; border-radius: 6px; }
form.search div { flex: 1 1 260px; max-width: 420px; }
button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 6px; padding: 9px 18px; cursor: pointer; }
.actions { margin-top: 20px; }
.actions a { margin-left: 14px; }
.aside { margin: 16px 0 0; font-size: .9rem; }
button.danger { background: #a3211c; }
.hint { font-size: .85rem; color: var(--soft); margin: 4px 0 0; }
.message { border-radius: 6px; padding: 10px 14px; margin: 16px 0 0; border: 1px solid; }
.saved { background: #e8f5ec; border-color: #2f7d4b; color: #17502d; }
.refused { background: #fdecec; border-color: #b3332e; color: #7d1c18; }
.message ul { margin: 4px 0 0; padding-left: 20px; }
`;
}
