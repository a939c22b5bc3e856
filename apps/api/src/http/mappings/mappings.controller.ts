import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  mappingCheck,
  mappingCheckRequest,
  mappingPreviewRequest,
  mappingPublished,
  mappingPut,
  mappingVersionList,
  projection,
  reach,
  type MappingCheck,
  type MappingPublished,
  type MappingVersionList,
  type Reach,
} from '@cinch/api-contract';
import {
  checkMapping,
  compileLens,
  projectionOf,
  validateMapping,
  type Json,
  type MappingDocument,
  type Projection,
  type Model,
} from '@cinch/canonical-model';
import type { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { Publications } from '../change-sets/publications.ts';
import { Reaches } from '../reach/reaches.ts';
import { csvSample, rowsOf } from './csv-sample.ts';
import { heldRows } from './mapping-samples.queries.ts';

const samplesAtMost = 1_000;
/** Documents are a few kilobytes each. */
const versionsShown = 100;

@Controller('api/v1/systems/:system/mapping')
export class MappingsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly publications: Publications,
    private readonly reaches: Reaches,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: mappingPublished })
  published(@Param('system') code: string): Promise<MappingPublished> {
    return this.database.read((tx) => this.shown(tx, code));
  }

  @Get('versions')
  @ApiOkResponse({ standardSchema: mappingVersionList })
  versions(@Param('system') code: string): Promise<MappingVersionList> {
    return this.database.read(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      const found = await this.mappings.versions(tx, systemId, versionsShown);
      return { versions: found.map((one) => ({ ...one, publishedAt: one.publishedAt.toISOString() })) };
    });
  }

  /** What two rows of the system are compared by. */
  @Get('projection')
  @ApiOkResponse({ standardSchema: projection })
  projection(@Param('system') code: string): Promise<Projection> {
    return this.database.read(async (tx) => {
      const { document, version } = await this.shown(tx, code);
      const model = await modelInForce(tx);
      return projectionOf(mappingOf(document, code, model), version, model);
    });
  }

  @Put()
  @ApiOkResponse({ standardSchema: mappingPublished })
  async publish(
    @Param('system') code: string,
    @Body({ schema: mappingPut }) { document, reason, baseVersion: base, count }: z.infer<typeof mappingPut>,
    @By() by: string,
  ): Promise<MappingPublished> {
    await this.database.read((tx) => this.systems.named(tx, code));
    await this.publications.publish([{ kind: 'mapping', system: code, document, base }], { reason, by, count });
    return this.database.read((tx) => this.shown(tx, code));
  }

  /** What another mapping would change. Nothing is published. */
  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: reach })
  async foresee(
    @Param('system') code: string,
    @Body({ schema: mappingPreviewRequest }) { document }: z.infer<typeof mappingPreviewRequest>,
  ): Promise<Reach> {
    const mapping = mappingOf(document, code, await this.database.read(modelInForce));
    const { systemId } = await this.database.read((tx) => this.systems.named(tx, code));
    return this.reaches.of({ mappings: new Map([[systemId, mapping]]) });
  }

  @Post('check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: mappingCheck })
  async check(
    @Param('system') code: string,
    @Body({ schema: mappingCheckRequest }) { document, samples, csv }: z.infer<typeof mappingCheckRequest>,
  ): Promise<MappingCheck> {
    const { mapping, rows, model } = await this.database.read(async (tx) => {
      const model = await modelInForce(tx);
      const { systemId } = await this.systems.named(tx, code);
      const mapping = mappingOf(document ?? (await this.shown(tx, code)).document, code, model);
      const given = csv === undefined ? samples : rowsOf(csvSample(csv, samplesAtMost), mapping, model);
      return { mapping, model, rows: given ?? (await heldRows(tx, systemId, samplesAtMost)) };
    });
    return mappingCheck.parse(checkMapping(compileLens(mapping, 0, model), rows));
  }

  private async shown(tx: Tx, code: string): Promise<MappingPublished> {
    const { systemId } = await this.systems.named(tx, code);
    const found = await this.mappings.published(tx, systemId);
    if (!found) throw new ProblemError('mapping-missing', `No mapping of ${code} was published yet: put one.`);
    const { version, publishedAt, document } = found;
    return { system: code, version, publishedAt: publishedAt.toISOString(), document };
  }
}

function mappingOf(document: Json, code: string, model: Model): MappingDocument {
  const checked = validateMapping(document, model);
  if (!checked.ok) {
    throw new ProblemError('mapping-invalid', 'Mend what is listed; nothing was changed.', checked.problems);
  }
  if (checked.mapping.system !== code) {
    const detail = `The document is for ${checked.mapping.system}, the address names ${code}.`;
    throw new ProblemError('mapping-invalid', detail, [{ path: 'system', code: 'other-system', detail }]);
  }
  return checked.mapping;
}
