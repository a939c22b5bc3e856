/** The reference systems' own APIs, as their programmers use them: nothing of the hub in between. */
interface AdiposeCustomer {
  acct_no: string;
  phone: string | null;
  ver: number;
}

interface BellyfatCustomer {
  phones: { e164: string; primary: boolean }[];
}

export async function adiposeCustomer(url: string, key: string): Promise<AdiposeCustomer> {
  return (await owned(url, key)) as AdiposeCustomer;
}

export async function adiposePhone(url: string, key: string): Promise<string | null> {
  return (await adiposeCustomer(url, key)).phone;
}

export async function bellyfatPhone(url: string, key: string): Promise<string | null> {
  const { phones } = (await owned(url, key)) as BellyfatCustomer;
  return phones.find((phone) => phone.primary)?.e164 ?? null;
}

export async function setAdiposePhone(url: string, key: string, phone: string): Promise<void> {
  await patch(url, key, { phone });
}

export async function setBellyfatPhone(url: string, key: string, e164: string): Promise<void> {
  await patch(url, key, { 'phones[primary=true].e164': e164 });
}

export async function setBellyfatCreditLimit(url: string, key: string, amount: string): Promise<void> {
  await patch(url, key, { 'creditLimit.amount': amount });
}

async function patch(url: string, key: string, fields: Record<string, unknown>): Promise<void> {
  const response = await fetch(customerUrl(url, key), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  if (!response.ok) throw new Error(`${key} should take ${JSON.stringify(fields)}, but: ${await response.text()}`);
}

/** Sends every row whole to the hub; answers how many. */
export async function pushAll(url: string): Promise<number> {
  const response = await fetch(`${url}/api/push-all`, { method: 'POST' });
  if (!response.ok) throw new Error(`${url} should push all its rows, but answered ${response.status}.`);
  return ((await response.json()) as { enqueued: number }).enqueued;
}

async function owned(url: string, key: string): Promise<unknown> {
  const response = await fetch(customerUrl(url, key));
  if (!response.ok) throw new Error(`${url} should have the customer ${key}, but answered ${response.status}.`);
  return response.json();
}

const customerUrl = (url: string, key: string) => `${url}/api/customers/${encodeURIComponent(key)}`;
