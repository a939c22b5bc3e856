// Runs before anything is installed: Node 20, only node: modules.
import { createServer } from 'node:http';

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => text.replace(/[&<>"]/g, (character) => escapes[character]);

const stepClass = { done: 'done', now: 'now', next: 'next' };
const stepMark = { done: '✓', now: '…', next: '' };

function page(steps) {
  const items = steps
    .map((step) => `<li class="${stepClass[step.state]}"><span>${stepMark[step.state]}</span>${escape(step.text)}</li>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Cinch is starting</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style>
  body { font: 1rem/1.6 system-ui, sans-serif; margin: 12vh auto; max-width: 32rem; padding: 0 1rem; color: #1f2937; }
  ul { list-style: none; padding: 0; }
  li span { display: inline-block; width: 1.6rem; color: #166534; }
  .now { font-weight: 600; }
  .next { color: #6b7280; }
</style>
</head>
<body>
<main>
<h1>Cinch is starting</h1>
<p>This page shows the console by itself as soon as it is there. The first start on a machine takes a minute or two.</p>
<ul>${items}</ul>
<p id="word" role="status"></p>
</main>
<script>
  // The address changes hands from the starter to the hub: a moment without an answer is expected, so a failed look is only a
  // reason to look again.
  const marks = ${JSON.stringify(stepMark)};
  async function look() {
    try {
      const answer = await fetch('/readyz', { cache: 'no-store', headers: { accept: 'application/problem+json' } });
      if (answer.ok) return location.reload();
      const problem = await answer.json();
      document.getElementById('word').textContent = problem.steps ? '' : (problem.detail ?? '');
      if (problem.steps) {
        document.querySelector('ul').replaceChildren(...problem.steps.map((step) => {
          const item = document.createElement('li');
          const mark = document.createElement('span');
          item.className = step.state;
          mark.textContent = marks[step.state];
          item.append(mark, step.text);
          return item;
        }));
      }
    } catch {}
    setTimeout(look, 1000);
  }
  setTimeout(look, 1000);
</script>
</body>
</html>
`;
}

function answer(request, response, steps) {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  response.setHeader('cache-control', 'no-store');
  // Kept-alive connections would hold up the hand-over of the port.
  response.setHeader('connection', 'close');
  if (path === '/livez') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  } else if (path === '/readyz' || path.startsWith('/api/')) {
    const now = steps.find((step) => step.state === 'now')?.text ?? 'Starting';
    const problem = { type: 'about:blank', title: 'Not ready yet', status: 503, code: 'starting', detail: now, steps };
    response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
    response.end(JSON.stringify(problem));
  } else {
    const status = path === '/' ? 200 : 503;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'retry-after': '1' }).end(page(steps));
  }
}

/**
 * Answers at the hub's address while the hub is not there yet. `steps` are `{text, state: 'done' | 'now' | 'next'}` and may change
 * while it listens. Rejects with EADDRINUSE when something else holds the port.
 */
export function openProgressPage({ host, port, steps }) {
  return new Promise((opened, failed) => {
    const server = createServer((request, response) => answer(request, response, steps));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      opened({
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
