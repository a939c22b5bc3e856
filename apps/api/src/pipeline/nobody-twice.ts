import { Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import type { Wish } from './decide.ts';

/** `twice`: be it that a system which holds nobody twice has a row of each. */
export interface LinkWish extends Wish {
  twice?: boolean | undefined;
}

/** Systems that an admin has said to hold nobody twice (`duplicateFree` of the match model). */
@Injectable()
export class NobodyTwice {
  constructor(
    private readonly models: ModelsStore,
    private readonly systems: SystemsStore,
  ) {}

  /** Refuses to put two living rows of such a system together: a person who means it says so. */
  async mustHold(tx: Tx, sides: readonly (readonly SourceRecord[])[]): Promise<void> {
    const { model } = await this.models.inForce(tx);
    if (!model.duplicateFree?.length) return;
    for (const { systemId, code, name } of await this.systems.all(tx)) {
      if (!model.duplicateFree.includes(code)) continue;
      const rows = sides.map((side) => side.find((one) => one.systemId === systemId && isLivingRow(one)));
      const [one, other] = rows;
      if (one && other) throw twiceIn(name, [one, other]);
    }
  }
}

function isLivingRow({ state, tombstoned, excluded }: SourceRecord): boolean {
  return state === 'live' && !tombstoned && !excluded;
}

function twiceIn(system: string, rows: readonly SourceRecord[]): ProblemError {
  const keys = rows.map(({ sourceKey }) => sourceKey).join(' and ');
  const detail =
    `${system} is said to hold nobody twice, and ${keys} are two living rows of it. Look whether they are two people; ` +
    'if they are one, link them all the same ("twice": true).';
  return new ProblemError('holds-nobody-twice', detail);
}
