import { Injectable } from '@nestjs/common';
import { bodyBytes, type DryRunAnswer } from '@cinch/api-contract';
import type { Request } from 'express';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { DryRun, mostTriedLines } from '../../pipeline/dry-run.ts';
import type { BodyReader } from '../../stages/inbox/body-reader.ts';
import { CsvBody } from '../../stages/inbox/csv-body.ts';
import { acceptBody, joined, type AcceptedBody } from '../../stages/inbox/read-body.ts';
import type { BodyForm } from '../../stages/inbox/read-line.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import type { Room } from '../door/room.ts';
import { reachShown } from '../reach/reach-shown.ts';
import { bytesOf, wholeOf } from './body-source.ts';
import { mediaTypeOf } from './media-type.ts';
import { mustBeBody } from './raw-body.ts';

/** `?dryRun=1` on records and events: what the push would do, told without doing it. */
@Injectable()
export class DryRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly dryRun: DryRun,
  ) {}

  async answer(
    form: BodyForm,
    system: string,
    loadId: number | null,
    key: string | undefined,
    request: Request,
    room: Room,
  ): Promise<DryRunAnswer> {
    if (key !== undefined)
      throw new ProblemError('invalid-request', 'A dry run stores nothing: send it without an Idempotency-Key.');
    const receivedAt = this.clock.now();
    const type = mediaTypeOf(form, request);
    const body = await wholeOf(bytesOf(request, bodyBytes.dryRun, room), room);
    const csv = type === 'text/csv' ? await this.csvOf(system) : null;
    if (!csv) mustBeBody(form, type, body);
    const read = await (csv ? joined(partsOf(csv, body)) : acceptBody(form, body));
    const lines = read.rejects.length + read.chunks.reduce((sum, chunk) => sum + chunk.n, 0);
    if (lines === 0) throw new ProblemError('invalid-request', 'The body holds no record: send at least one.');
    if (lines > mostTriedLines)
      throw new ProblemError(
        'payload-too-large',
        `A dry run takes at most ${mostTriedLines} records: send some of them.`,
      );
    const { reach, ...counts } = await this.dryRun.foresee({ system, loadId, form, read, receivedAt });
    // Who of others' customers these are is no business of the system that asks.
    const shown = await this.database.read((tx) => reachShown(tx, { ...reach, examples: [] }));
    const answer = { ...counts, reach: shown };
    return csv ? { ...answer, unmappedColumns: [...csv.unmappedColumns()] } : answer;
  }

  private csvOf(code: string): Promise<CsvBody> {
    return this.database.read(async (tx) => {
      const { systemId, mappingVersion } = await this.systems.named(tx, code);
      if (mappingVersion === null)
        throw new ProblemError('mapping-missing', `An admin has to publish a mapping of ${code} before it can push.`);
      return new CsvBody(await this.mappings.table(tx, systemId, mappingVersion));
    });
  }
}

function* partsOf(reader: BodyReader, body: Buffer): Generator<AcceptedBody> {
  yield* reader.feed(body);
  yield* reader.end();
}
