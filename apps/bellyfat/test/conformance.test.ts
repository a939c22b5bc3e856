import { conformance } from '@cinch/system-adapter/conformance';
import { inject } from 'vitest';
import { createTestDatabase } from '../../../scripts/test-database.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { createBellyfat } from '../src/index.ts';

conformance('BellyFat', async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  const token = 'a-token-for-tests-only';
  const bellyfat = await createBellyfat({ databaseUrl: database.url, adapterToken: token, demo: true });
  return {
    url: bellyfat.url,
    token,
    system: 'bellyfat',
    async stop() {
      await bellyfat.stop();
      await database.drop();
    },
    async remove(key) {
      const response = await fetch(`${bellyfat.url}/api/customers/${key}`, { method: 'DELETE' });
      if (response.status !== 204) throw new Error(`Not deleted: ${response.status}`);
    },
    create: {
      'person.given': 'Ana',
      'person.family': 'Quiñones',
      'phones[primary=true].e164': '+12025550143',
      'emails[primary=true].address': 'Ana@example.com',
    },
    normalised: { path: 'person.family', sent: '  de la   Cruz ', stored: 'de la Cruz' },
    plain: { path: 'emails[primary=true].address', value: 'Ana.Quinones@example.com' },
    refused: { path: 'phones[primary=true].e164', value: '555-0143', code: 'phone-invalid' },
  };
});
