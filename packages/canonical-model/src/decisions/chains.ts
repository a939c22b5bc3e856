import type { RecordPair } from '../matching/pairs.ts';
import type { Link } from './decision.ts';

/**
 * The links that make one customer of two records, be it through others. Where several chains lead from one to the other, links of each
 * are among them, so that without these links nothing a steward said holds the two together.
 */
export function linksBetween([from, to]: RecordPair, links: readonly Link[]): Link[] {
  const found: Link[] = [];
  let left = links.toSorted((a, b) => a.decisionId - b.decisionId);
  for (;;) {
    const chain = shortestChain(from, to, left);
    if (!chain) return found;
    found.push(...chain);
    left = left.filter((link) => !chain.includes(link));
  }
}

function shortestChain(from: number, to: number, links: readonly Link[]): Link[] | null {
  const chains = new Map<number, Link[]>([[from, []]]);
  // The map grows while it is walked: what is reached first is walked first.
  for (const [record, chain] of chains) {
    if (record === to) return chain;
    for (const link of links) {
      const [a, b] = link.records;
      const next = a === record ? b : b === record ? a : null;
      if (next !== null && !chains.has(next)) chains.set(next, [...chain, link]);
    }
  }
  return null;
}

/** All records that belong with this one: of its customer, of the customers of records linked with these, and so on. */
export function sideOf(
  recordId: number,
  links: readonly Link[],
  customers: readonly (readonly number[])[],
): ReadonlySet<number> {
  const side = new Set([recordId]);
  const groups = [...customers, ...links.map((link) => link.records)];
  for (const record of side)
    for (const group of groups) if (group.includes(record)) for (const other of group) side.add(other);
  return side;
}
