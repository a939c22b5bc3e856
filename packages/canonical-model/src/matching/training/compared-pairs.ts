import type { CustomerKind } from '../../customer/attributes.ts';
import { isSoft } from '../contradictions.ts';
import type { Features } from '../features.ts';
import { levelsOf } from '../ladders.ts';
import type { MatchModel } from '../model.ts';
import { perBit } from '../rarity.ts';
import { comparedFields, type Scorer } from '../score.ts';
import { weightsOf } from './shares.ts';

/** Pairs of one kind as they were compared: for each pair and field the level, and what the rarity of the value adds in bits. */
export class ComparedPairs {
  readonly kind: CustomerKind;
  readonly fields: number;
  /** By field, whether the rarity of values counts on a level: its share among strangers is then that of the value. */
  readonly rare: boolean[][];
  private readonly tables: Int32Array[];
  private levels: Int8Array;
  private rarity: Float32Array;
  /** 1: contradicted in one thing; 2: never one. */
  private vetoes: Uint8Array;
  size = 0;

  constructor(model: MatchModel, kind: CustomerKind, expected: number) {
    this.kind = kind;
    const fields = comparedFields(model, kind);
    this.fields = fields.length;
    this.tables = fields.map((field) =>
      Int32Array.from(weightsOf(model, kind, field), ([stranger]) => Math.round(stranger * perBit)),
    );
    this.rare = fields.map((field) => levelsOf(kind, field).map(() => false));
    const places = Math.max(1, expected);
    this.levels = new Int8Array(places * this.fields);
    this.rarity = new Float32Array(places * this.fields);
    this.vetoes = new Uint8Array(places);
  }

  /** False where the two say nothing that can be compared. */
  add(scorer: Scorer, a: Features, b: Features): boolean {
    const comparison = scorer.compare(a, b);
    if (comparison?.kind !== this.kind) return false;
    if (this.size === this.vetoes.length) this.grow();
    const from = this.size * this.fields;
    comparison.levels.forEach((level, field) => {
      this.levels[from + field] = level;
      const extra = level < 0 ? 0 : comparison.stranger[field]! - this.tables[field]![level]!;
      this.rarity[from + field] = extra / perBit;
      if (extra !== 0) this.rare[field]![level] = true;
    });
    this.vetoes[this.size] = comparison.veto === null ? 0 : isSoft(comparison.veto) ? 1 : 2;
    this.size += 1;
    return true;
  }

  /** −1 where one of the two says nothing. */
  level(pair: number, field: number): number {
    return this.levels[pair * this.fields + field]!;
  }

  rarityOf(pair: number, field: number): number {
    return this.rarity[pair * this.fields + field]!;
  }

  /** They contradict each other so that they are never one, whatever they weigh. */
  isBarred(pair: number): boolean {
    return this.vetoes[pair] === 2;
  }

  isContradicted(pair: number): boolean {
    return this.vetoes[pair] !== 0;
  }

  private grow(): void {
    const twice = <Kind extends Int8Array | Float32Array | Uint8Array>(from: Kind, into: Kind) => {
      into.set(from);
      return into;
    };
    this.levels = twice(this.levels, new Int8Array(this.levels.length * 2));
    this.rarity = twice(this.rarity, new Float32Array(this.rarity.length * 2));
    this.vetoes = twice(this.vetoes, new Uint8Array(this.vetoes.length * 2));
  }
}
