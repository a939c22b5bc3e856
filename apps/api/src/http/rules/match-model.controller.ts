import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  countedMatchModel,
  matchFieldList,
  matchModelVersionList,
  matchPicture,
  matchPreview,
  matchPreviewRequest,
  matchProgress,
  publishedMatchModel,
  rulesPut,
  trainedMatchModel,
  type CountedMatchModel,
  type MatchFieldList,
  type MatchModelVersionList,
  type MatchPicture,
  type MatchPreview,
  type MatchProgress,
  type PublishedMatchModel,
  type TrainedMatchModel,
} from '@cinch/api-contract';
import { PopulationCount, validateMatchModel, type Evidence, type Json, type MatchModel } from '@cinch/canonical-model';
import type { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { MatchPreview as Foresight } from '../../pipeline/match-preview.ts';
import { MatchTraining } from '../../pipeline/match-training.ts';
import { EvidenceStore } from '../../stages/matching/evidence.store.ts';
import { ModelsStore, type PublishedModel } from '../../stages/matching/models.store.ts';
import { MatchProgressStore } from '../../stages/matching/progress.store.ts';
import { By } from '../access/actor.ts';
import { Publications } from '../change-sets/publications.ts';
import { Reaches } from '../reach/reaches.ts';
import { matchFields, MatchModelQueries } from './match-model.queries.ts';
import { noVersion, versionNumber, versionsShown } from './versions.ts';

const atOnce = 5_000;

@Controller('api/v1/rules/matching')
export class MatchModelController {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly evidence: EvidenceStore,
    private readonly clock: Clock,
    private readonly publications: Publications,
    private readonly preview: Foresight,
    private readonly progress: MatchProgressStore,
    private readonly queries: MatchModelQueries,
    private readonly reaches: Reaches,
    private readonly training: MatchTraining,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: publishedMatchModel })
  latest(): Promise<PublishedMatchModel> {
    return this.database.read((tx) => this.shown(tx));
  }

  @Get('versions')
  @ApiOkResponse({ standardSchema: matchModelVersionList })
  versions(): Promise<MatchModelVersionList> {
    return this.database.read(async (tx) => {
      const found = await this.models.versions(tx, versionsShown);
      const { version: inForce } = await this.models.inForce(tx);
      return { versions: found.map((one) => ({ ...timesShown(one), inForce: one.version === inForce })) };
    });
  }

  @Get('versions/:version')
  @ApiOkResponse({ standardSchema: publishedMatchModel })
  async ofVersion(@Param('version', { schema: versionNumber }) version: number): Promise<PublishedMatchModel> {
    const found = await this.database.read((tx) => this.models.published(tx, version));
    if (!found) throw noVersion(version);
    return modelShown(found);
  }

  /** All records are matched again by the new model; what this changes waits for the next refresh. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: publishedMatchModel })
  async publish(
    @Body({ schema: rulesPut }) { document, reason, baseVersion: base, count }: z.infer<typeof rulesPut>,
    @By() by: string,
  ): Promise<PublishedMatchModel> {
    await this.publications.publish([{ kind: 'matching', system: null, document, base }], { reason, by, count });
    return this.database.read((tx) => this.shown(tx));
  }

  /** What is common and how many there are, counted from all records. Nothing changes until the document is published. */
  @Post('count')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: countedMatchModel })
  async count(): Promise<CountedMatchModel> {
    const at = this.clock.now();
    const counted = await this.database.in('long').read(async (tx) => {
      const count = new PopulationCount();
      const { document, version } = await this.models.latest(tx);
      const of = await this.evidence.count(tx);
      let records = 0;
      for (let after = 0; ;) {
        await this.tellCounted(version, records, of);
        const page = await this.evidence.page(tx, after, atOnce);
        if (page.length === 0) break;
        after = page.at(-1)!.recordId;
        records += page.length;
        for (const { evidence } of page) count.add(JSON.parse(evidence) as Evidence);
      }
      return { records, document: count.into(document, new Date(at).toISOString()) as unknown as Json };
    });
    await this.database.transaction((tx) => this.progress.end(tx, 'count'));
    return counted;
  }

  /** Weights learned of the records at hand, without labels. Nothing changes until the document is published. */
  @Post('training')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: trainedMatchModel })
  async train(): Promise<TrainedMatchModel> {
    const { model, records, of, kinds } = await this.training.run();
    const shown = kinds.map(({ weights, ...kind }) => ({
      ...kind,
      weights: weights.map(({ before, after, ...one }) => ({ ...one, before: asPair(before), after: asPair(after) })),
    }));
    return { document: model as unknown as Json, records, of, kinds: shown };
  }

  @Get('fields')
  @ApiOkResponse({ standardSchema: matchFieldList })
  fields(): MatchFieldList {
    return matchFields;
  }

  @Get('picture')
  @ApiOkResponse({ standardSchema: matchPicture })
  picture(): Promise<MatchPicture> {
    return this.database.read((tx) => this.queries.pictureOf(tx));
  }

  @Get('progress')
  @ApiOkResponse({ standardSchema: matchProgress })
  underWay(): Promise<MatchProgress> {
    return this.database.read((tx) => this.queries.progress(tx));
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: matchPreview })
  async foresee(
    @Body({ schema: matchPreviewRequest }) { document }: z.infer<typeof matchPreviewRequest>,
  ): Promise<MatchPreview> {
    const model = modelOf(document);
    const difference = await this.preview.of(model);
    const reach = await this.reaches.of({ model });
    const shown = await this.database.read((tx) => this.queries.previewShown(tx, difference, model));
    return { ...shown, reach };
  }

  /** In a transaction of its own, so that others see it before the counting ends. */
  private tellCounted(version: number, done: number, of: number): Promise<void> {
    const at = this.clock.now();
    const note = { work: 'count', version, step: 'count', done, of: Math.max(of, done), at } as const;
    return this.database.transaction((tx) => this.progress.note(tx, note));
  }

  private async shown(tx: Tx): Promise<PublishedMatchModel> {
    return modelShown(await this.models.latest(tx));
  }
}

function asPair([stranger, housemate]: readonly [number, number]): [number, number] {
  return [stranger, housemate];
}

function modelShown({ document, ...rest }: PublishedModel): PublishedMatchModel {
  return { ...timesShown(rest), document: document as unknown as Json };
}

function timesShown<One extends Pick<PublishedModel, 'publishedAt' | 'appliedAt'>>(one: One) {
  const { publishedAt, appliedAt } = one;
  return { ...one, publishedAt: publishedAt?.toISOString() ?? null, appliedAt: appliedAt?.toISOString() ?? null };
}

function modelOf(document: Json): MatchModel {
  const validation = validateMatchModel(document);
  if (validation.ok) return validation.model;
  throw new ProblemError('match-model-invalid', 'Mend what is listed; nothing was changed.', validation.problems);
}
