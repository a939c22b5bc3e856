/** The ruler of the own view: an HTTP handler with nothing but the statement that reads a record and its golden record. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 8 });
const text = `select c.customer_id, c.founder_record, g.display, g.kind, g.version, g.attributes, g.held_attributes, g.requests,
  r.record_id, r.source_key, r.head_version, r.head_position, r.known, c.public_id, s.system_id, s.mapping_version,
  array(select e.content::text from record_entry e
        where e.record_id = r.record_id and e.version is null and e.at = $2 and e.kind = 'offer') as served
  from system s join source_record r on r.system_id = s.system_id and r.source_key = $1
  join customer c on c.customer_id = r.customer_id join golden g on g.customer_id = c.customer_id where s.code = 'bellyfat'`;

const today = new Date(new Date().toISOString().slice(0, 10));

const server = createServer((request, response) => {
  void pool
    .query<Record<string, unknown>>({ name: 'view', text, values: [request.url!.slice(1), today] })
    .then(({ rows: [row] }) => {
      response.writeHead(row ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(row ?? null));
    });
});
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
