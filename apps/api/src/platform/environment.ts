import { isIP } from 'node:net';
import { z } from 'zod';
import { parseEgressAllow, type EgressAllow } from './egress/egress-allow.ts';
import { crashPoints, type CrashPoint } from './crash-points.ts';

const port = z.coerce.number().int().min(0).max(65535);
const text = z.string().min(1);
/** As Standard Webhooks writes secrets; 24 bytes are 32 characters of base64. */
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64');

/** Addresses and networks (`10.0.0.5, 172.16.0.0/12`), or words for networks that cannot be reached from outside. */
const proxies = z
  .string()
  .transform((listed) => listed.split(',').map((one) => one.trim()))
  .refine((listed) => listed.every(isNetwork), 'must list addresses or networks, as in 10.0.0.5,172.16.0.0/12');

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return most > 0 && more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most));
}

/**
 * What this process does: `api` answers calls, `worker` drives the pipeline and answers only whether it lives, `all` does both. Of several
 * workers on one database one is on duty, the others stand by.
 */
const roles = ['all', 'api', 'worker'] as const;

const egressAllow = z
  .string()
  .default('')
  .superRefine((entries, context) => {
    try {
      parseEgressAllow(entries);
    } catch (error) {
      context.addIssue((error as Error).message);
    }
  });

const variables = z.object({
  ROLE: z.enum(roles).default('all'),
  PORT: port.default(3000),
  HOST: text.default('127.0.0.1'),
  TRUSTED_PROXIES: proxies.default([]),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  DATA_DIR: text.default('.data'),
  DEMO: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  INBOX_LIMIT: z.coerce.number().int().min(1).default(2_000_000),
  UPLOAD_LIMIT_MIB: z.coerce.number().int().min(1).max(100_000).default(1_024),
  AUTH_SECRET: z.string().min(32),
  TOKEN_SECRET: z.string().min(32).optional(),
  TOKEN_SECRET_BEFORE: z.string().min(32).optional(),
  EGRESS_ALLOW: egressAllow,
  ALERT_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  ALERT_WEBHOOK_SECRET: webhookSecret.optional(),
  /** Read where it is needed; here it is only checked. */
  CRASH_AT: z.enum(Object.keys(crashPoints) as CrashPoint[]).optional(),
  ADMIN_EMAIL: z.email().default('admin@cinch.local'),
  ADMIN_PASSWORD: text.optional(),
  ADMIN_TOKEN: z.string().min(16).optional(),
  ADIPOSE_URL: z.url().optional(),
  ADIPOSE_HUB_KEY: text.optional(),
  ADIPOSE_ADAPTER_TOKEN: text.optional(),
  BELLYFAT_URL: z.url().optional(),
  BELLYFAT_HUB_KEY: text.optional(),
  BELLYFAT_ADAPTER_TOKEN: text.optional(),
});

/** Every variable that the hub reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** How one of the two reference systems is reached, when the demo runs. */
export interface DemoSystem {
  code: string;
  url: string;
  hubKey: string;
  adapterToken: string;
}

export interface Environment {
  role: (typeof roles)[number];
  port: number;
  host: string;
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  databaseUrl: string;
  dataDir: string;
  demo: readonly DemoSystem[];
  logLevel: string;
  /** So many records of one system may wait before it is told to wait. */
  inboxLimit: number;
  /** So large may a body be that is stored as it comes, in MiB, unpacked. */
  uploadLimitMib: number;
  authSecret: string;
  /** Seal the tokens of adapters: the first one, and those that only open. */
  tokenSecrets: readonly string[];
  adminEmail: string;
  /** Null: made at first start and shown once. */
  adminPassword: string | null;
  adminToken: string | null;
  /** What it calls beside public addresses; the systems of the demo are among it. */
  egressAllow: EgressAllow;
  /** Where alerts go; null: nowhere. */
  webhook: { url: string; secret: string } | null;
}

export const ENVIRONMENT = Symbol('environment');

/** Reads the environment once. Throws one error that lists every bad variable, so that they can be mended in one go. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  const demo = given.DEMO === 'on' ? ['adipose', 'bellyfat'].map((code) => demoSystem(code, given)) : [];
  for (const system of demo) mistakes.push(...system.missing.map((name) => `  ${name}: is needed when DEMO=on`));
  if ((given.ALERT_WEBHOOK_URL === undefined) !== (given.ALERT_WEBHOOK_SECRET === undefined))
    mistakes.push('  ALERT_WEBHOOK_URL: goes together with ALERT_WEBHOOK_SECRET, give both or none');
  if (!parsed.success || mistakes.length > 0) {
    throw new Error(`The hub cannot start: mend these environment variables.\n${mistakes.join('\n')}`);
  }
  const values = parsed.data;
  return {
    role: values.ROLE,
    port: values.PORT,
    host: values.HOST,
    trustedProxies: values.TRUSTED_PROXIES,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    demo: demo.map(({ missing: _, ...system }) => system),
    logLevel: values.LOG_LEVEL,
    inboxLimit: values.INBOX_LIMIT,
    uploadLimitMib: values.UPLOAD_LIMIT_MIB,
    authSecret: values.AUTH_SECRET,
    // What was sealed before TOKEN_SECRET was set is opened with AUTH_SECRET.
    tokenSecrets: [values.TOKEN_SECRET, values.AUTH_SECRET, values.TOKEN_SECRET_BEFORE].filter(
      (one) => one !== undefined,
    ),
    adminEmail: values.ADMIN_EMAIL,
    adminPassword: values.ADMIN_PASSWORD ?? null,
    adminToken: values.ADMIN_TOKEN ?? null,
    webhook: webhookOf(values),
    egressAllow: parseEgressAllow([values.EGRESS_ALLOW, ...demo.map(({ url }) => new URL(url).host)].join()),
  };
}

function webhookOf({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret }: z.infer<typeof variables>) {
  return url === undefined || secret === undefined ? null : { url, secret };
}

function demoSystem(code: string, given: Record<string, string | undefined>): DemoSystem & { missing: string[] } {
  const name = (part: string) => `${code.toUpperCase()}_${part}`;
  const needed = [name('URL'), name('HUB_KEY'), name('ADAPTER_TOKEN')] as const;
  return {
    code,
    url: given[needed[0]] ?? '',
    hubKey: given[needed[1]] ?? '',
    adapterToken: given[needed[2]] ?? '',
    missing: needed.filter((variable) => given[variable] === undefined),
  };
}
