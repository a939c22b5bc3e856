import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  inboundSet,
  laneSet,
  masteringSet,
  standingAnswerSet,
  outboundSet,
  scopePreview,
  scopePreviewRequest,
  scopePut,
  system,
  systemCreate,
  systemList,
  type ScopePreview,
  type System,
  type SystemCreate,
} from '@cinch/api-contract';
import { validateScope, type ScopeDocument, type Model } from '@cinch/canonical-model';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { EgressPolicy } from '../../platform/egress/egress-policy.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Worker } from '../../pipeline/worker.ts';
import { NewcomersStore } from '../../stages/records/newcomers.store.ts';
import { VersionsStore } from '../../stages/refreshes/versions.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { Publications } from '../change-sets/publications.ts';
import { Reaches } from '../reach/reaches.ts';
import { SystemsQueries } from './systems.queries.ts';

@Controller('api/v1/systems')
export class SystemsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly queries: SystemsQueries,
    private readonly audit: Audit,
    private readonly worker: Worker,
    private readonly reaches: Reaches,
    private readonly publications: Publications,
    private readonly egress: EgressPolicy,
    private readonly versions: VersionsStore,
    private readonly clock: Clock,
    private readonly newcomers: NewcomersStore,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: systemList })
  async list(): Promise<z.infer<typeof systemList>> {
    return { systems: await this.database.read((tx) => this.queries.all(tx)) };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: system })
  async create(@Body({ schema: systemCreate }) body: SystemCreate, @By() by: string): Promise<System> {
    await this.egress.mustAllow(body.adapterUrl);
    return this.database.transaction(async (tx) => {
      const { code, name, adapterUrl = null, adapterToken = null, scope = {} } = body;
      const system = { code, name, adapterUrl, adapterToken, scope: scopeOf(scope, await modelInForce(tx)) };
      const made = await this.systems.create(tx, system);
      if (!made) throw new ProblemError('already-exists', `There is a system ${code} already: choose another code.`);
      await this.audit.note(tx, by, 'system created', code);
      return this.shown(tx, code);
    });
  }

  @Put(':system/lane')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  async setLane(
    @Param('system') code: string,
    @Body({ schema: laneSet }) { lane }: z.infer<typeof laneSet>,
    @By() by: string,
  ): Promise<System> {
    const after = await this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      await this.systems.setLane(tx, systemId, lane);
      await this.audit.note(tx, by, `lane ${lane}`, code);
      return this.shown(tx, code);
    });
    this.worker.wake();
    return after;
  }

  @Put(':system/inbound')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  setInbound(
    @Param('system') code: string,
    @Body({ schema: inboundSet }) { inbound }: z.infer<typeof inboundSet>,
    @By() by: string,
  ): Promise<System> {
    return this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      await this.systems.setInbound(tx, systemId, inbound);
      await this.audit.note(tx, by, `inbound ${inbound}`, code);
      return this.shown(tx, code);
    });
  }

  @Put(':system/outbound')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  async setOutbound(
    @Param('system') code: string,
    @Body({ schema: outboundSet }) { outbound }: z.infer<typeof outboundSet>,
    @By() by: string,
  ): Promise<System> {
    const after = await this.database.transaction(async (tx) => {
      const { systemId, name } = await this.systems.named(tx, code);
      if (outbound === 'armed' && !(await this.queries.planWasSeen(tx, systemId))) {
        throw new ProblemError(
          'plan-needed',
          `Start a refresh of ${name} that stops at its plan, look at it, then arm it.`,
        );
      }
      await this.systems.setOutbound(tx, systemId, outbound);
      if (outbound === 'armed') await this.versions.noteProved(tx, systemId, this.clock.now());
      await this.audit.note(tx, by, `outbound ${outbound}`, code);
      return this.shown(tx, code);
    });
    this.worker.wake();
    return after;
  }

  /** Of a new system only that counts which changes nothing of others, five customers excepted, until it is set to master. */
  @Put(':system/mastering')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  setMastering(
    @Param('system') code: string,
    @Body({ schema: masteringSet }) { mastering }: z.infer<typeof masteringSet>,
    @By() by: string,
  ): Promise<System> {
    return this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      if (mastering === 'on' && (await this.newcomers.isAsked(tx, systemId))) {
        const detail = `What ${code} would change of others is held: look at it and answer the question under “Held”.`;
        throw new ProblemError('not-possible', detail);
      }
      await this.systems.setMasters(tx, systemId, mastering === 'on' ? this.clock.now() : null);
      await this.audit.note(tx, by, `mastering ${mastering}`, code);
      return this.shown(tx, code);
    });
  }

  /** Each row that looks set back is answered so by itself from now on; null: it is a question. */
  @Put(':system/standing-answer')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  async setStandingAnswer(
    @Param('system') code: string,
    @Body({ schema: standingAnswerSet }) { answer }: z.infer<typeof standingAnswerSet>,
    @By() by: string,
  ): Promise<System> {
    const after = await this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      await this.systems.setStandingAnswer(tx, systemId, answer && { answer, by, at: this.clock.now(), once: false });
      await this.audit.note(tx, by, `standing answer ${answer ?? 'ended'}`, code);
      return this.shown(tx, code);
    });
    this.worker.wake();
    return after;
  }

  /** Who has a place in the system. What this changes waits for the next refresh. */
  @Put(':system/scope')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  async setScope(
    @Param('system') code: string,
    @Body({ schema: scopePut }) { scope, reason, baseVersion: base, count }: z.infer<typeof scopePut>,
    @By() by: string,
  ): Promise<System> {
    await this.database.read((tx) => this.systems.named(tx, code));
    const proposed = { kind: 'scope', system: code, document: scope, base } as const;
    await this.publications.publish([proposed], { reason, by, count });
    return this.database.read((tx) => this.shown(tx, code));
  }

  /** Whom another scope would take in or leave out. Nothing is changed. */
  @Post(':system/scope/preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: scopePreview })
  async previewScope(
    @Param('system') code: string,
    @Body({ schema: scopePreviewRequest }) { scope }: z.infer<typeof scopePreviewRequest>,
  ): Promise<ScopePreview> {
    const { document, systemId } = await this.proposed(code, scope);
    return this.reaches.ofScope(systemId, code, document);
  }

  private proposed(code: string, scope: unknown): Promise<{ document: ScopeDocument; systemId: number }> {
    return this.database.read(async (tx) => {
      const document = scopeOf(scope, await modelInForce(tx));
      return { document, systemId: (await this.systems.named(tx, code)).systemId };
    });
  }

  private async shown(tx: Tx, code: string): Promise<System> {
    return (await this.queries.one(tx, code))!;
  }
}

function scopeOf(document: unknown, model: Model): ScopeDocument {
  const checked = validateScope(document, model);
  if (!checked.ok)
    throw new ProblemError('scope-invalid', 'Mend what is listed; nothing was changed.', checked.problems);
  return checked.scope;
}
