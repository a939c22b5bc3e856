import { isIP, type BlockList } from 'node:net';
import { addressKind, blockListOf, type AddressKind } from './address-kind.ts';

/** What the hub may call beside public addresses. */
export interface EgressAllow {
  kinds: ReadonlySet<AddressKind>;
  ranges: readonly { kind: AddressKind; list: BlockList }[];
  /** `host`, or `host:port`, as they stand in an address. */
  hosts: ReadonlySet<string>;
}

const named = new Set<string>(['loopback', 'private'] satisfies AddressKind[]);
const range = /^[0-9a-f.:]+\/\d{1,3}$/i;

/**
 * Entries between commas: `loopback`, `private`, an address, a range (`10.1.0.0/16`), `host` or `host:port`.
 *
 * @throws {Error} that names the first entry that is none of these
 */
export function parseEgressAllow(text: string): EgressAllow {
  const kinds = new Set<AddressKind>();
  const ranges: { kind: AddressKind; list: BlockList }[] = [];
  const hosts = new Set<string>();
  for (const entry of text.split(',').map((one) => one.trim().toLowerCase())) {
    if (entry === '') continue;
    if (named.has(entry)) kinds.add(entry as AddressKind);
    else if (range.test(entry) || isIP(entry) !== 0) ranges.push(rangeOf(entry));
    else hosts.add(hostOf(entry));
  }
  return { kinds, ranges, hosts };
}

function rangeOf(entry: string): EgressAllow['ranges'][number] {
  try {
    return { kind: addressKind(entry.split('/')[0]!), list: blockListOf([entry]) };
  } catch {
    throw new Error(`${entry} is no range of addresses`);
  }
}

function hostOf(entry: string): string {
  const url = URL.parse(`http://${entry}`);
  const isBare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (!isBare || entry.includes('/'))
    throw new Error(`${entry} is neither loopback, private, a range, host nor host:port`);
  // The default port of http is left out by the parser.
  return entry.endsWith(':80') ? `${url.hostname}:80` : url.host;
}
