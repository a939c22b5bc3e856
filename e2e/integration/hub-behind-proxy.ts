// The hub's own program, reaching Adipose where a test wants it to, and saying which process it is.
import { writeFileSync } from 'node:fs';

const { PROXIED_ADIPOSE_URL, HUB_PID_FILE } = process.env;
if (!PROXIED_ADIPOSE_URL || !HUB_PID_FILE) throw new Error('Set PROXIED_ADIPOSE_URL and HUB_PID_FILE.');
process.env['ADIPOSE_URL'] = PROXIED_ADIPOSE_URL;
writeFileSync(HUB_PID_FILE, String(process.pid));
await import(new URL('../../apps/api/dist/main.js', import.meta.url).href);
