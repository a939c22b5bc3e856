import type { LookupAddress } from 'node:dns';
import { lookup as resolveName } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../problem-error.ts';
import { addressKind } from './address-kind.ts';
import type { EgressAllow } from './egress-allow.ts';
import { EgressFailure } from './egress-failure.ts';

type Resolve = (host: string) => Promise<LookupAddress[]>;

/** So long an admin waits for a name to be found; one that is not found now is looked at when it is called. */
const mostResolveMs = 2_000;

/**
 * Which addresses the hub calls: public ones, and what the configuration allows. It is asked when an address is registered and again at
 * every connection, about the very address that is then connected to, so that a name which means something else by then changes nothing.
 */
export class EgressPolicy {
  constructor(
    private readonly allow: EgressAllow,
    private readonly resolve: Resolve = (host) => resolveName(host, { all: true, verbatim: true }),
  ) {}

  /** @throws {ProblemError} `address-refused`, when an address may not be registered */
  async mustAllow(address: string | null | undefined): Promise<void> {
    const url = URL.parse(address ?? '');
    if (!url) return;
    if (url.username !== '' || url.password !== '')
      throw new ProblemError('address-refused', 'Leave name and password out of the address: it is shown and logged.');
    const addresses = await Promise.race([this.addressesOf(url).catch(() => []), wait(mostResolveMs, [] as string[])]);
    const refused = addresses.filter((one) => !this.allows(url, one));
    if (refused.length === 0) return;
    if (refused.some((one) => addressKind(one) === 'guarded'))
      throw new ProblemError(
        'address-refused',
        `The hub does not call ${url.host}: it is, or leads to, an address of the link itself, or one at which a cloud hands out its credentials. No customer system answers there: give the address of the system.`,
      );
    throw new ProblemError(
      'address-refused',
      `The hub may not call ${url.host}: it is, or leads to, an address of this machine or of an inner network. Whoever runs the hub allows it by EGRESS_ALLOW.`,
    );
  }

  /** @throws {EgressFailure} when the address is written as numbers that may not be called; a name is looked at when it is resolved */
  mustAllowNumbers(url: URL): void {
    const host = hostOf(url);
    if (isIP(host) !== 0 && !this.allows(url, host)) throw new EgressFailure('address-refused');
  }

  /** For the connection to this address: what it answers is what was looked at. All that a name means must be allowed. */
  lookupFor(url: URL): LookupFunction {
    return (host, options, answer) => {
      this.resolve(host)
        .then((found) => {
          if (found.length === 0) throw new EgressFailure('name-unknown');
          if (!found.every(({ address }) => this.allows(url, address))) throw new EgressFailure('address-refused');
          return found;
        })
        .then(
          (found) => {
            const wanted =
              options.family === 4 || options.family === 6
                ? found.filter((one) => one.family === options.family)
                : found;
            const [first] = wanted;
            if (!first) answer(new EgressFailure('name-unknown'), '');
            else if (options.all) answer(null, wanted);
            else answer(null, first.address, first.family);
          },
          (error: Error) => answer(error instanceof EgressFailure ? error : new EgressFailure('name-unknown'), ''),
        );
    };
  }

  private async addressesOf(url: URL): Promise<string[]> {
    const host = hostOf(url);
    return isIP(host) === 0 ? (await this.resolve(host)).map(({ address }) => address) : [host];
  }

  private allows(url: URL, address: string): boolean {
    const kind = addressKind(address);
    if (kind === 'public') return true;
    const { kinds, ranges, hosts } = this.allow;
    const isNamed = hosts.has(url.hostname) || hosts.has(`${url.hostname}:${portOf(url)}`);
    // What a name leads to is the choice of whoever answers for the name.
    if (isNamed && (kind !== 'guarded' || isIP(hostOf(url)) !== 0)) return true;
    if (kinds.has(kind)) return true;
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return ranges.some(
      (range) => (kind !== 'guarded' || range.kind === 'guarded') && range.list.check(address, family),
    );
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
