import type { HubApi } from '../stack/hub-api.ts';

/** Sends to the hub, and keeps which fields of what carried a payload and were taken. */
export class Sender {
  /** As `POST /api/v1/systems/shop/keys name`. */
  readonly carried = new Set<string>();
  readonly hub: HubApi;

  constructor(hub: HubApi) {
    this.hub = hub;
  }

  async send(method: 'POST' | 'PUT', path: string, body: object, key?: string): Promise<unknown> {
    const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const answer = await this.hub.call(path, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} should be taken, but was answered ${answer.status}: ${text}`);
    const objects = [body].flat();
    for (const [field, value] of objects.flatMap((one) => Object.entries(one)))
      if (JSON.stringify(value)?.includes('.__ran=1')) this.carried.add(`${method} /api/v1${path} ${field}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
