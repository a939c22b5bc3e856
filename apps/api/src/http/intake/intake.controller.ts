import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse } from '@nestjs/swagger';
import {
  batch,
  batchAccepted,
  bodyBytes,
  dryRunAnswer,
  readAtOnceBytes,
  status,
  type Batch,
  type BatchAccepted,
  type DryRunAnswer,
  type Status,
  type Trouble,
} from '@cinch/api-contract';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import { ENVIRONMENT, type Environment } from '../../platform/environment.ts';
import { goAhead } from '../../platform/in-turns.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Worker } from '../../pipeline/worker.ts';
import { acceptBody } from '../../stages/inbox/read-body.ts';
import type { BodyForm } from '../../stages/inbox/read-line.ts';
import { CurrentActor, OwnRoom, type Actor } from '../access/actor.ts';
import type { Room } from '../door/room.ts';
import { identity } from '../validation.ts';
import { BackPressure } from './back-pressure.ts';
import { bytesOf, heldOf, readOff, type Held } from './body-source.ts';
import { DryRuns } from './dry-runs.ts';
import { IntakeQueries } from './intake.queries.ts';
import { mediaTypeOf } from './media-type.ts';
import { Pushes } from './pushes.ts';
import { mustBeBody, rawBody } from './raw-body.ts';
import { Uploads, type Upload } from './uploads.ts';

/** Strict: a dry run that is asked for under another name must not become a push. */
const eventsQuery = z.strictObject({ dryRun: z.enum(['1', '0']).optional() });
const recordsQuery = eventsQuery.extend({ load: identity.optional() });

/** Who pushes, into what, and when it came. */
type Pushed = Pick<Upload, 'system' | 'loadId' | 'idempotencyKey' | 'receivedAt'>;

@Controller('api/v1')
export class IntakeController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pushes: Pushes,
    private readonly queries: IntakeQueries,
    private readonly pressure: BackPressure,
    private readonly uploads: Uploads,
    private readonly dryRuns: DryRuns,
    private readonly worker: Worker,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Post('systems/:system/records')
  @HttpCode(202)
  @ApiConsumes('application/x-ndjson', 'application/json', 'text/csv')
  @ApiBody({
    description:
      'Records, one a line or as an array; see RecordLine. Or a CSV file whose header names native paths of the mapping.',
    schema: { $ref: '#/components/schemas/RecordLine' },
  })
  @ApiAcceptedResponse({ standardSchema: batchAccepted })
  @ApiOkResponse({ description: 'Of a dry run.', standardSchema: dryRunAnswer })
  records(
    @Param('system') system: string,
    @Query({ schema: recordsQuery }) { load, dryRun }: z.infer<typeof recordsQuery>,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: Request,
    @OwnRoom() room: Room,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchAccepted | DryRunAnswer> {
    return answered<BatchAccepted | DryRunAnswer>(request, () =>
      dryRun === '1'
        ? this.tried('records', system, load ?? null, key, request, room, response)
        : this.accept('records', system, load ?? null, key, request, room),
    );
  }

  @Post('systems/:system/events')
  @HttpCode(202)
  @ApiConsumes('application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json')
  @ApiBody({ description: 'One CloudEvent or an array of them.', schema: { $ref: '#/components/schemas/CloudEvent' } })
  @ApiAcceptedResponse({ standardSchema: batchAccepted })
  @ApiOkResponse({ description: 'Of a dry run.', standardSchema: dryRunAnswer })
  events(
    @Param('system') system: string,
    @Query({ schema: eventsQuery }) { dryRun }: z.infer<typeof eventsQuery>,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: Request,
    @OwnRoom() room: Room,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchAccepted | DryRunAnswer> {
    return answered<BatchAccepted | DryRunAnswer>(request, () =>
      dryRun === '1'
        ? this.tried('events', system, null, key, request, room, response)
        : this.accept('events', system, null, key, request, room),
    );
  }

  @Get('batches/:batchId')
  @ApiOkResponse({ standardSchema: batch })
  async batch(@Param('batchId', { schema: identity }) batchId: number, @CurrentActor() actor: Actor): Promise<Batch> {
    const found = await this.database.read((tx) => this.queries.batch(tx, batchId));
    // What another system sent is none of a system's business, not even that it exists.
    if (!found || (actor.kind === 'system' && found.system !== actor.code)) {
      throw new ProblemError('not-found', 'There is no such batch: look at the list.');
    }
    return found;
  }

  @Get('status')
  @ApiOkResponse({ standardSchema: status })
  async status(@CurrentActor() actor: Actor): Promise<Status> {
    const { troubles, ...found } = await this.database.read((tx) => this.queries.status(tx));
    // Which other systems there are is none of a system's business.
    const isShown = ({ system }: Trouble) => system === null || actor.kind !== 'system' || system === actor.code;
    return { ...found, troubles: troubles.filter(isShown) };
  }

  private async accept(
    form: BodyForm,
    code: string,
    loadId: number | null,
    key: string | undefined,
    request: Request,
    room: Room,
  ): Promise<BatchAccepted> {
    // An empty one would be the same for all that is pushed so, and the second of two pushes a repeat of the first.
    if (key !== undefined && (key === '' || key.length > 200)) {
      throw new ProblemError('invalid-request', 'Idempotency-Key: use 1 to 200 characters, or leave the header out.');
    }
    await this.pressure.mustHaveRoom(code);
    const receivedAt = this.clock.now();
    const type = mediaTypeOf(form, request);
    const held = await this.held(form, type, request, room);
    const pushed = { system: code, loadId, idempotencyKey: key ?? null, receivedAt };
    return this.pressure.toldInTurn(await this.taken(form, type, pushed, held, room), request, room);
  }

  private taken(form: BodyForm, type: string, pushed: Pushed, held: Held, room: Room): Promise<BatchAccepted> {
    if (type === 'text/csv' || (type === 'application/x-ndjson' && held.kind === 'begun')) {
      if (held.kind === 'begun') room.take('uploads');
      return this.uploaded({ ...pushed, type, body: held });
    }
    const { body } = held as Extract<Held, { kind: 'whole' }>;
    const stored = () => this.stored(form, pushed, body);
    return body.length <= readAtOnceBytes ? goAhead(stored) : stored();
  }

  private async stored(form: BodyForm, pushed: Pushed, body: Buffer): Promise<BatchAccepted> {
    const read = await acceptBody(form, body);
    if (read.chunks.length + read.rejects.length === 0) {
      throw new ProblemError('invalid-request', 'The body holds no record: send at least one.');
    }
    crashPoint('push-read');
    const accepted = await this.pushes.take({ ...pushed, form, body, read });
    crashPoint('push-committed');
    this.worker.wake('ingest');
    return accepted;
  }

  /** Bodies of lines are read as they come where they are not known to be small. */
  private async held(form: BodyForm, type: string, request: Request, room: Room): Promise<Held> {
    const isPlain = request.headers['content-encoding'] === undefined;
    const isSmall = isPlain && Number(request.headers['content-length'] ?? Infinity) <= bodyBytes.push;
    if (type === 'text/csv' || (type === 'application/x-ndjson' && !isSmall)) {
      const bytes = bytesOf(request, this.environment.uploadLimitMib * 1024 * 1024, room);
      const held = await heldOf(bytes, bodyBytes.push, room);
      if (held.kind === 'whole' && type !== 'text/csv') mustBeBody(form, type, held.body);
      return held;
    }
    return { kind: 'whole', body: await rawBody(form, type, request, room) };
  }

  private async tried(
    form: BodyForm,
    system: string,
    load: number | null,
    key: string | undefined,
    request: Request,
    room: Room,
    response: Response,
  ): Promise<DryRunAnswer> {
    const answer = await this.dryRuns.answer(form, system, load, key, request, room);
    response.status(200);
    return answer;
  }

  private async uploaded(upload: Upload): Promise<BatchAccepted> {
    const accepted = await this.uploads.take(upload);
    crashPoint('push-committed');
    this.worker.wake('ingest');
    return accepted;
  }
}

async function answered<T>(request: Request, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await readOff(request);
    throw error;
  }
}
