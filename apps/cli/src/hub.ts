import type { Problem } from '@cinch/api-contract';

/** Something that whoever typed the command can mend: shown without a stack. */
export class CommandError extends Error {}

export interface Settings {
  url: string;
  /** Of an admin, for everything that is not a system's own. */
  token: string | undefined;
  /** Of the system that pushes or asks for its own records. */
  key: string | undefined;
}

export function settingsOf(env: Record<string, string | undefined>): Settings {
  const url = env['CINCH_URL'] || 'http://127.0.0.1:3000';
  if (!URL.canParse(url))
    throw new CommandError(`CINCH_URL is "${url}", which is no address such as http://127.0.0.1:3000.`);
  return { url: url.replace(/\/+$/, ''), token: env['CINCH_TOKEN'], key: env['CINCH_KEY'] };
}

export interface Request {
  method?: 'GET' | 'POST' | 'PUT';
  /** Who calls: an admin with the token, or a system with its key. */
  as?: 'admin' | 'system';
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: Blob;
}

/** The public API, and nothing else of the hub. */
export class Hub {
  private readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  async json<T>(path: string, request: Request = {}): Promise<T> {
    return (await (await this.call(path, request)).json()) as T;
  }

  /** The answer of a call that went well; any other is an error in the hub's own words. */
  async call(
    path: string,
    { method = 'GET', as = 'admin', headers = {}, json, body }: Request = {},
  ): Promise<Response> {
    const secret = as === 'admin' ? this.settings.token : this.settings.key;
    if (!secret) throw new CommandError(missing[as]);
    let response: Response;
    try {
      response = await fetch(`${this.settings.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body ?? (json === undefined ? null : JSON.stringify(json)),
      });
    } catch (cause) {
      const { message } = (cause as { cause?: Error }).cause ?? (cause as Error);
      throw new CommandError(
        `The hub at ${this.settings.url} does not answer (${message}). Start it, or set CINCH_URL to its address.`,
      );
    }
    if (response.ok) return response;
    throw new CommandError(await wordsOf(response));
  }
}

const missing = {
  admin: 'Set CINCH_TOKEN to the admin token: the first start of the hub has shown it, or ADMIN_TOKEN gave it.',
  system: 'Set CINCH_KEY to a key of the system: `cinch key SYSTEM` makes one.',
};

async function wordsOf(response: Response): Promise<string> {
  const text = await response.text();
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    return `The hub answered ${response.status} without saying why. Is CINCH_URL the address of a hub?`;
  }
  const lines = [`${problem.title}: ${problem.detail} (${response.status} ${problem.code})`];
  for (const { path, detail } of problem.errors ?? []) lines.push(`  ${path}: ${detail}`);
  const later = response.headers.get('retry-after');
  if (later !== null) lines.push(`  Try again in ${later} s.`);
  return lines.join('\n');
}
