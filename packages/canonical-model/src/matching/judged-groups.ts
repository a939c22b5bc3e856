import type { Judge } from './cluster.ts';
import type { Features } from './features.ts';
import { Linkage, type Judgement } from './linkage.ts';

/** How two groups go together, with the sums that this was worked out from. */
export interface Judged extends Judgement {
  linkage: Linkage;
}

/**
 * Groups of records that grow together, and how those that an edge connects go together. Each group goes by the first of its records. Of
 * two that no edge connects it is worked out when it is asked for, so that nothing depends on who else is there.
 */
export class JudgedGroups {
  private readonly members: number[][];
  private readonly judged: Map<number, Judged>[];

  private readonly records: readonly Features[];
  private readonly judge: Judge;

  constructor(records: readonly Features[], judge: Judge) {
    this.records = records;
    this.judge = judge;
    this.members = records.map((_, one) => [one]);
    this.judged = records.map(() => new Map());
  }

  /** The two records are connected by an edge. */
  connect(a: number, b: number): void {
    const linkage = this.linkageOf(a, b);
    if (linkage) this.keep(a, b, linkage);
  }

  /** The groups that an edge connects with this one. */
  near(one: number): ReadonlyMap<number, Judged> {
    return this.judged[one]!;
  }

  /** Null where they are of different kinds. */
  between(a: number, b: number): Judgement | null {
    const known = this.judged[a]!.get(b);
    if (known) return known;
    return this.linkageOf(a, b)?.judge(this.judge.scorer, this.judge.model) ?? null;
  }

  sizeOf(one: number): number {
    return this.members[one]!.length;
  }

  /** Makes one group of two; what is near either is near it, and judged anew over all pairs. */
  unite(into: number, gone: number): void {
    const around = new Set([...this.judged[into]!.keys(), ...this.judged[gone]!.keys()]);
    around.delete(into);
    around.delete(gone);
    for (const other of around) {
      const [kept, moved] = [into, gone].map((side) => {
        return this.judged[side]!.get(other)?.linkage ?? this.linkageOf(side, other)!;
      });
      kept!.add(moved!);
      this.judged[other]!.delete(gone);
      this.keep(into, other, kept!);
    }
    this.judged[into]!.delete(gone);
    this.judged[gone]!.clear();
    this.members[into]!.push(...this.members[gone]!);
    this.members[gone] = [];
  }

  private keep(a: number, b: number, linkage: Linkage): void {
    const judged = { linkage, ...linkage.judge(this.judge.scorer, this.judge.model) };
    this.judged[a]!.set(b, judged);
    this.judged[b]!.set(a, judged);
  }

  private linkageOf(a: number, b: number): Linkage | null {
    let linkage: Linkage | null = null;
    for (const one of this.members[a]!) {
      for (const other of this.members[b]!) {
        const [low, high] = one < other ? [one, other] : [other, one];
        const comparison = this.judge.scorer.compare(this.records[low]!, this.records[high]!);
        if (!comparison) return null;
        linkage ??= new Linkage(comparison.kind, comparison.levels.length);
        linkage.addPair(comparison);
      }
    }
    return linkage;
  }
}
