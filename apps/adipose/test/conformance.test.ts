import { conformance } from '@cinch/system-adapter/conformance';
import { inject } from 'vitest';
import { createTestDatabase } from '../../../scripts/test-database.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { createAdipose } from '../src/index.ts';

conformance('Adipose', async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  const token = 'a-token-for-tests-only';
  const adipose = await createAdipose({ databaseUrl: database.url, adapterToken: token, demo: true });
  return {
    url: adipose.url,
    token,
    system: 'adipose',
    async stop() {
      await adipose.stop();
      await database.drop();
    },
    async remove(key) {
      const response = await fetch(`${adipose.url}/api/customers/${key}`, { method: 'DELETE' });
      if (response.status !== 204) throw new Error(`Not deleted: ${response.status}`);
    },
    create: { cust_type: 'P', name: 'Quiñones, Ana M', phone: '2025550143', city: 'Springfield', st: 'IL' },
    normalised: { path: 'name', sent: ' Montgomery, Christopher A', stored: 'MONTGOMERY, CHRISTOPHER' },
    plain: { path: 'email', value: 'ana@example.com' },
    refused: { path: 'phone', value: '555-0143', code: 'phone-not-10-digits' },
  };
});
