import { BlockList, isIP } from 'node:net';

/** What an address is to whoever calls it. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'guarded' | 'reserved';

/**
 * By the registries of IANA for special purposes (RFC 6890 and its successors), looked through in this order. `guarded` is link-local, and
 * what clouds answer credentials at: it is called only where it is named itself.
 */
const ranges: Record<Exclude<AddressKind, 'public'>, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  guarded: [
    '169.254.0.0/16',
    'fe80::/10',
    // Alibaba Cloud, Oracle Cloud, Azure, Amazon over IPv6, Google over IPv6.
    '100.100.100.200/32',
    '192.0.0.192/32',
    '168.63.129.16/32',
    'fd00:ec2::254/128',
    'fd20:ce::254/128',
  ],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'],
  reserved: [
    '0.0.0.0/8',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
    // IPv6 that holds an IPv4 address (compatible, translated, NAT64, 6to4, Teredo) would lead around what is said of that one.
    '::/96',
    '::ffff:0:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2002::/16',
    '2001::/23',
    '100::/64',
    '2001:db8::/32',
    '3fff::/20',
    '5f00::/16',
    'ff00::/8',
  ],
};

const lists = Object.entries(ranges).map(([kind, list]) => [kind as AddressKind, blockListOf(list)] as const);

/** An IPv4 address that is written as IPv6 (`::ffff:…`) is what the IPv4 address is. What is no address is reserved. */
export function addressKind(address: string): AddressKind {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 0) return 'reserved';
  if (family === 6 && isIsatap(bare)) return 'reserved';
  return lists.find(([, list]) => list.check(bare, family === 6 ? 'ipv6' : 'ipv4'))?.[0] ?? 'public';
}

/** ISATAP holds the IPv4 address in its last groups, behind a mark, in whatever network (RFC 5214): no range tells it. */
function isIsatap(address: string): boolean {
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '';
  const [before = [], after = []] = canonical.split('::').map((side) => side.split(':').filter(Boolean));
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  // Two bits of the fifth group say whether the address is the only one of its kind.
  return groups[5] === '5efe' && (Number.parseInt(groups[4]!, 16) & ~0x300) === 0;
}

/** Addresses, and ranges as `address/bits`. Throws at what is neither. */
export function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
