import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  canonicalModelCheck,
  canonicalModelPut,
  canonicalModelRequest,
  attributeUsage,
  canonicalModelVersionList,
  publishedCanonicalModel,
  reach,
  shapeList,
  type AttributeUsage,
  type CanonicalModelCheck,
  type CanonicalModelVersionList,
  type PublishedCanonicalModel,
  type Reach,
  type ShapeList,
} from '@cinch/api-contract';
import {
  longest,
  offeredRoles,
  offeredShapes,
  shippedCodeSet,
  shippedCodeSetIds,
  type Json,
} from '@cinch/canonical-model';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { modelInForce } from '../../platform/model-in-force.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { CanonicalModelsStore, type PublishedModel } from '../../stages/canonical-model/canonical-models.store.ts';
import { By } from '../access/actor.ts';
import { placeBeside, Publications } from '../change-sets/publications.ts';
import { Reaches } from '../reach/reaches.ts';
import { noVersion, versionNumber, versionsShown } from '../rules/versions.ts';
import { UsageQueries } from './usage.queries.ts';
import { modelOf } from './valid-model.ts';

const attributeId = z.string().min(1).max(longest.attributeName);

/** What the hub may know of a customer: attributes and lists, as a document with versions. */
@Controller('api/v1/canonical-model')
export class CanonicalModelController {
  constructor(
    private readonly database: Database,
    private readonly models: CanonicalModelsStore,
    private readonly publications: Publications,
    private readonly reaches: Reaches,
    private readonly usage: UsageQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: publishedCanonicalModel })
  inForce(): Promise<PublishedCanonicalModel> {
    return this.database.read((tx) => this.shown(tx));
  }

  @Get('versions')
  @ApiOkResponse({ standardSchema: canonicalModelVersionList })
  async versions(): Promise<CanonicalModelVersionList> {
    const found = await this.database.read((tx) => this.models.versions(tx, versionsShown));
    const [latest] = found;
    return {
      versions: found.map(({ publishedAt, ...one }) => {
        return { ...one, publishedAt: publishedAt?.toISOString() ?? null, inForce: one.version === latest!.version };
      }),
    };
  }

  @Get('versions/:version')
  @ApiOkResponse({ standardSchema: publishedCanonicalModel })
  async ofVersion(@Param('version', { schema: versionNumber }) version: number): Promise<PublishedCanonicalModel> {
    const found = await this.database.read((tx) => this.models.ofVersion(tx, version));
    if (!found) throw noVersion(version);
    return modelShown(found);
  }

  /** What shapes there are is code; which attributes have one is the document. */
  @Get('shapes')
  @ApiOkResponse({ standardSchema: shapeList })
  shapes(): ShapeList {
    const shapes = offeredShapes().map((one) => ({ ...one, roles: [...one.roles] }));
    const codeSets = shippedCodeSetIds.map((id) => {
      const { label, offered } = shippedCodeSet(id)!;
      return { id, label, codes: [...offered] };
    });
    return { shapes, roles: offeredRoles(), codeSets };
  }

  /** What retiring an attribute would take along, and bringing it back brings back. */
  @Get('usage/:attribute')
  @ApiOkResponse({ standardSchema: attributeUsage })
  async usageOf(@Param('attribute', { schema: attributeId }) attribute: string): Promise<AttributeUsage> {
    return this.database.in('long').read(async (tx) => {
      const model = await modelInForce(tx);
      if (!model.declares(attribute)) throw noAttribute(attribute);
      return this.usage.of(tx, attribute, model, this.clock.now());
    });
  }

  /** Every mistake of a draft at once, and what in force would not be valid any more beside it. Nothing is stored. */
  @Post('check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: canonicalModelCheck })
  async check(
    @Body({ schema: canonicalModelRequest }) { document }: z.infer<typeof canonicalModelRequest>,
  ): Promise<CanonicalModelCheck> {
    const mistakes = await this.publications.mistakes([{ kind: 'canonicalModel', system: null, document }]);
    return { problems: mistakes.map((one) => ({ path: placeBeside(one), code: one.code, detail: one.detail })) };
  }

  /** What a draft would change of golden records and of systems' rows. Nothing is stored. */
  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: reach })
  async foresee(
    @Body({ schema: canonicalModelRequest }) { document }: z.infer<typeof canonicalModelRequest>,
  ): Promise<Reach> {
    return this.reaches.of({ canonical: modelOf(document, await this.database.read(modelInForce)) });
  }

  /** In force at once: mappings and rules may name what is new, and what is retired goes as all is worked out again. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: publishedCanonicalModel })
  async publish(
    @Body({ schema: canonicalModelPut })
    { document, reason, baseVersion: base, count }: z.infer<typeof canonicalModelPut>,
    @By() by: string,
  ): Promise<PublishedCanonicalModel> {
    await this.publications.publish([{ kind: 'canonicalModel', system: null, document, base }], { reason, by, count });
    return this.database.read((tx) => this.shown(tx));
  }

  private async shown(tx: Tx): Promise<PublishedCanonicalModel> {
    return modelShown(await this.models.inForce(tx));
  }
}

function noAttribute(id: string): ProblemError {
  return new ProblemError('not-found', `There is no attribute and no list ${id}: look at the canonical model.`);
}

function modelShown({ document, publishedAt, ...rest }: PublishedModel): PublishedCanonicalModel {
  return { ...rest, document: document as unknown as Json, publishedAt: publishedAt?.toISOString() ?? null };
}
