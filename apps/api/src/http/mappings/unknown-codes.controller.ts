import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  codesTied,
  mappingPublished,
  unknownCodes,
  type MappingPublished,
  type UnknownCodes,
} from '@cinch/api-contract';
import {
  codePlaceOf,
  longest,
  validateMapping,
  type CodePlace,
  type Json,
  type MappingDocument,
} from '@cinch/canonical-model';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { modelInForce } from '../../platform/model-in-force.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Publishing } from '../../pipeline/publishing.ts';
import { Replays } from '../../pipeline/replays.ts';
import { Worker } from '../../pipeline/worker.ts';
import { LinesStore } from '../../stages/inbox/lines.store.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { Reaches } from '../reach/reaches.ts';
import { causesOfUnknownKind, linesOfUnknownKind, rowsWithUnknownCodes } from './mapping-samples.queries.ts';

const place = z.strictObject({ path: z.string().min(1).max(longest.path) });

/** Records that are looked at for codes, and bytes of accepted lines. */
const rowsAtMost = 1_000;
const bytesAtMost = 8 * 1024 * 1024;

/** One fault for all that one place of a system holds and its mapping does not know, and its mending: the next version of the mapping. */
@Controller('api/v1/systems/:system/mapping/codes')
export class UnknownCodesController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly reaches: Reaches,
    private readonly publishing: Publishing,
    private readonly clock: Clock,
    private readonly worker: Worker,
    private readonly lines: LinesStore,
    private readonly replays: Replays,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: unknownCodes })
  unknown(
    @Param('system') system: string,
    @Query({ schema: place }) { path }: z.infer<typeof place>,
  ): Promise<UnknownCodes> {
    return this.database.read(async (tx) => {
      const { systemId, at } = await this.placeOf(tx, system, path);
      const rows = await this.rowsAt(tx, systemId, path, at);
      const counts = new Map<string, number>();
      for (const row of rows)
        for (const native of new Set(at.unknownIn(row))) counts.set(native, (counts.get(native) ?? 0) + 1);
      const codes = [...counts].map(([native, records]) => ({ native, records }));
      codes.sort((a, b) => b.records - a.records || (a.native < b.native ? -1 : 1));
      return { system, path, set: at.set, offered: [...at.offered], codes, records: rows.length };
    });
  }

  /** What waited for them is read again as with any other mapping. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: mappingPublished })
  async tie(
    @Param('system') system: string,
    @Body({ schema: codesTied }) { path, ties, count }: z.infer<typeof codesTied>,
    @By() by: string,
  ): Promise<MappingPublished> {
    const tied = (tx: Tx) => this.tied(tx, system, path, Object.fromEntries(ties.map((one) => [one.native, one.code])));
    const { systemId, mapping, at: place } = await this.database.read(tied);
    await this.reaches.mustBeSeen({ mappings: new Map([[systemId, mapping]]) }, count);
    const published = await this.database.transaction(async (tx) => {
      // Upon what is in force by now.
      await this.publishing.hold(tx);
      const { mapping: latest } = await tied(tx);
      const document = latest as unknown as Json;
      const at = this.clock.now();
      const reason = `codes tied at ${path}`;
      const mappings = new Map([[systemId, document]]);
      const { documents } = await this.publishing.publish(tx, { mappings }, { reason, by, at });
      return { system, version: documents[0]!.version, publishedAt: new Date(at).toISOString(), document };
    });
    if (place.isOfKind) await this.replay(systemId, path, by);
    this.worker.wake();
    return published;
  }

  private async rowsAt(tx: Tx, systemId: number, path: string, { isOfKind }: CodePlace): Promise<Json[]> {
    if (!isOfKind) return rowsWithUnknownCodes(tx, systemId, path, rowsAtMost);
    const lines = await linesOfUnknownKind(tx, systemId, path, rowsAtMost);
    return (await this.lines.read(tx, lines, bytesAtMost)).map(({ data }) => data);
  }

  /** What was not taken for its kind enters again. */
  private async replay(systemId: number, path: string, by: string): Promise<void> {
    const causes = await this.database.read((tx) => causesOfUnknownKind(tx, systemId, path));
    const all = { ids: null, mappingVersion: null, since: null, until: null };
    for (const cause of causes) await this.replays.ask({ ...all, systemId, cause }, JSON.stringify({ cause }), by);
  }

  private async tied(tx: Tx, system: string, path: string, ties: Record<string, string>) {
    const { systemId, at } = await this.placeOf(tx, system, path);
    const checked = validateMapping(at.tied(ties), await modelInForce(tx));
    if (!checked.ok)
      throw new ProblemError('mapping-invalid', 'Mend what is listed; nothing was changed.', checked.problems);
    return { systemId, mapping: checked.mapping, at };
  }

  private async placeOf(tx: Tx, system: string, path: string) {
    const { systemId, mappingVersion } = await this.systems.named(tx, system);
    const model = await modelInForce(tx);
    const document: MappingDocument | null =
      mappingVersion === null ? null : await this.mappings.document(tx, systemId, mappingVersion, model);
    const at = document && codePlaceOf(document, path, model);
    if (!at) throw new ProblemError('not-found', `The mapping of ${system} reads no codes at this path: look at it.`);
    return { systemId, at };
  }
}
