import { Injectable } from '@nestjs/common';
import type { BatchAccepted, LineReject } from '@cinch/api-contract';
import { crashPoint } from '../../platform/crash-points.ts';
import { inTurns } from '../../platform/in-turns.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Loads } from '../../pipeline/loads.ts';
import { bodyHash } from '../../stages/inbox/body-hash.ts';
import { mustBeFew } from '../../stages/inbox/body-refusals.ts';
import type { BodyReader } from '../../stages/inbox/body-reader.ts';
import { CsvBody } from '../../stages/inbox/csv-body.ts';
import { LinesBody } from '../../stages/inbox/lines-body.ts';
import type { AcceptedBody } from '../../stages/inbox/read-body.ts';
import { StreamedStore, type StreamedBody } from '../../stages/inbox/streamed.store.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { BackPressure } from './back-pressure.ts';
import type { Held } from './body-source.ts';

/** What is read before the thread may be given to others. */
const fedBytes = 16 * 1024;
/** Small pushes go first. */
const manner = { standsBack: true };

type Bytes = AsyncIterable<Buffer> | Iterable<Buffer>;

/** A push whose body is stored as it comes. */
export interface Upload {
  system: string;
  loadId: number | null;
  idempotencyKey: string | null;
  receivedAt: number;
  type: 'text/csv' | 'application/x-ndjson';
  body: Held;
}

/** Takes bodies of any size: each part is stored and forgotten before the next one is read, all of it in one transaction. */
@Injectable()
export class Uploads {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly streamed: StreamedStore,
    private readonly loads: Loads,
    private readonly pressure: BackPressure,
  ) {}

  take(upload: Upload): Promise<BatchAccepted> {
    const { body } = upload;
    return this.takeBytes(upload, body.kind === 'whole' ? [body.body] : body.bytes);
  }

  private takeBytes(upload: Upload, bytes: Bytes): Promise<BatchAccepted> {
    // What is here already is stored at once: it need not wait behind those that are still sent.
    const lane = upload.body.kind === 'whole' ? 'intake' : 'uploads';
    return this.database.in(lane).transaction(async (tx) => {
      const system = await this.systems.named(tx, upload.system);
      const { systemId, code, mappingVersion } = system;
      this.pressure.mustBeOn(system);
      if (mappingVersion === null)
        throw new ProblemError('mapping-missing', `An admin has to publish a mapping of ${code} before it can push.`);
      const { loadId, idempotencyKey, receivedAt, type } = upload;
      const body: StreamedBody = { systemId, form: 'records', loadId, idempotencyKey, receivedAt };
      const batchId = await this.streamed.begin(tx, body);
      if (batchId === null) return this.again(tx, body, bytes);
      if (loadId !== null) await this.loads.take(tx, loadId, system, []);
      const reader =
        type === 'text/csv' ? new CsvBody(await this.mappings.table(tx, systemId, mappingVersion)) : new LinesBody();
      const answer = await this.store(tx, batchId, body, code, bytes, reader);
      crashPoint('push-stored');
      return answer;
    });
  }

  private async store(
    tx: Tx,
    batchId: number,
    body: StreamedBody,
    code: string,
    bytes: Bytes,
    reader: BodyReader,
  ): Promise<BatchAccepted> {
    const { systemId, loadId } = body;
    const rejected: LineReject[] = [];
    let [chunks, accepted] = [0, 0];
    const storePart = async (part: AcceptedBody) => {
      rejected.push(...part.rejects);
      mustBeFew(rejected.length);
      for (const chunk of part.chunks) {
        chunks += 1;
        accepted += chunk.n;
        await this.streamed.addChunk(tx, batchId, chunks, body, chunk);
      }
      await this.streamed.addRejects(tx, batchId, part.rejects);
      if (loadId !== null && part.rejectedKeys.length > 0)
        await this.loads.take(tx, loadId, { systemId, code }, part.rejectedKeys);
    };
    const hash = bodyHash('records', loadId);
    for await (const piece of bytes) {
      hash.update(piece);
      // Of lines that say nothing the reader gives no part: it is their bytes that have to have an end.
      for (let at = 0; at < piece.length; at += fedBytes)
        for await (const part of inTurns(reader.feed(piece.subarray(at, at + fedBytes)), manner)) await storePart(part);
    }
    for await (const part of inTurns(reader.end(), manner)) await storePart(part);
    if (accepted + rejected.length === 0)
      throw new ProblemError('invalid-request', 'The body holds no record: send at least one.');
    const unmappedColumns = reader.unmappedColumns();
    const end = { chunks, accepted, rejected: rejected.length, hash: hash.digest(), unmappedColumns };
    await this.streamed.finish(tx, batchId, body, end);
    return { batchId, accepted, rejected, ...(unmappedColumns && { unmappedColumns: [...unmappedColumns] }) };
  }

  /** The key has its batch: the same body is answered as before, whatever the mapping and the load are by now. */
  private async again(tx: Tx, body: StreamedBody, bytes: Bytes): Promise<BatchAccepted> {
    const hash = bodyHash('records', body.loadId);
    for await (const piece of bytes) hash.update(piece);
    return this.streamed.firstAnswer(tx, body, hash.digest());
  }
}
