import { createHmac } from 'node:crypto';
import { outwardLimits } from '@cinch/api-contract';
import { callOut } from '../../platform/egress/call-out.ts';
import type { EgressPolicy } from '../../platform/egress/egress-policy.ts';

const secretPrefix = 'whsec_';

/** Where alerts go, and the secret that both sides know. */
export interface WebhookTarget {
  url: string;
  /** As Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base64. */
  secret: string;
}

/** The headers of Standard Webhooks 1.0: the signature is over id, time and body, so that none can be put beside another. */
export function signedHeaders(secret: string, id: string, sentAtMs: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  const timestamp = String(Math.floor(sentAtMs / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** Whether it was taken: any answer but 2xx, and none in ten seconds, is no. */
export async function postWebhook(
  egress: EgressPolicy,
  { url, secret }: WebhookTarget,
  id: string,
  body: string,
  nowMs: number,
): Promise<boolean> {
  const headers = { 'content-type': 'application/json', ...signedHeaders(secret, id, nowMs, body) };
  const call = { method: 'POST', headers, body, mostBytes: null } as const;
  try {
    const signal = AbortSignal.timeout(outwardLimits.webhookMs);
    const { status } = await callOut(egress, new URL(url), { ...call, signal });
    return status >= 200 && status < 300;
  } catch {
    return false;
  }
}
