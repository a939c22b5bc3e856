import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  ruleSubjectList,
  rulesPreview,
  rulesPreviewRequest,
  rulesPut,
  rulesVersionList,
  survivorshipRules,
  type RuleSubjectList,
  type RulesPreview as Preview,
  type RulesVersionList,
  type SurvivorshipRules,
} from '@cinch/api-contract';
import {
  fittingStrategies,
  validateRules,
  type Json,
  type RuleDocument,
  subjectsOf,
  type Model,
} from '@cinch/canonical-model';
import type { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { RulesStore, type PublishedRules } from '../../stages/rules/rules.store.ts';
import { By } from '../access/actor.ts';
import { Publications } from '../change-sets/publications.ts';
import { Reaches } from '../reach/reaches.ts';
import { noVersion, versionNumber, versionsShown } from './versions.ts';

@Controller('api/v1/rules/survivorship')
export class RulesController {
  constructor(
    private readonly database: Database,
    private readonly rules: RulesStore,
    private readonly reaches: Reaches,
    private readonly publications: Publications,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: survivorshipRules })
  inForce(): Promise<SurvivorshipRules> {
    return this.database.read((tx) => this.shown(tx));
  }

  @Get('versions')
  @ApiOkResponse({ standardSchema: rulesVersionList })
  async versions(): Promise<RulesVersionList> {
    const found = await this.database.read((tx) => this.rules.versions(tx, versionsShown));
    const [latest] = found;
    return {
      versions: found.map(({ appliedAt: _, publishedAt, ...one }) => {
        return { ...one, publishedAt: publishedAt?.toISOString() ?? null, inForce: one.version === latest!.version };
      }),
    };
  }

  @Get('versions/:version')
  @ApiOkResponse({ standardSchema: survivorshipRules })
  async ofVersion(@Param('version', { schema: versionNumber }) version: number): Promise<SurvivorshipRules> {
    const found = await this.database.read((tx) => this.rules.ofVersion(tx, version));
    if (!found) throw noVersion(version);
    return rulesShown(found);
  }

  /** All customers are worked out again by the new rules; what this changes waits for the next refresh. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: survivorshipRules })
  async publish(
    @Body({ schema: rulesPut }) { document, reason, baseVersion: base, count }: z.infer<typeof rulesPut>,
    @By() by: string,
  ): Promise<SurvivorshipRules> {
    await this.publications.publish([{ kind: 'survivorship', system: null, document, base }], { reason, by, count });
    return this.database.read((tx) => this.shown(tx));
  }

  @Get('attributes')
  @ApiOkResponse({ standardSchema: ruleSubjectList })
  async attributes(): Promise<RuleSubjectList> {
    const model = await this.database.read(modelInForce);
    return { subjects: subjectsOf(model).map((subject) => subjectShown(subject, model)) };
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: rulesPreview })
  async foresee(
    @Body({ schema: rulesPreviewRequest }) { document }: z.infer<typeof rulesPreviewRequest>,
  ): Promise<Preview> {
    const rules = rulesOf(document, await this.database.read(modelInForce));
    const { version } = await this.database.read((tx) => this.rules.inForce(tx));
    return { version, reach: await this.reaches.of({ rules }) };
  }

  private async shown(tx: Tx): Promise<SurvivorshipRules> {
    return rulesShown(await this.rules.inForce(tx));
  }
}

function subjectShown(attribute: string, model: Model): RuleSubjectList['subjects'][number] {
  const { label, level, isList } = model.attributeOf(attribute);
  const kind = isList ? 'list' : level === 'account' ? 'account' : 'value';
  return { attribute, label, kind, strategies: fittingStrategies(attribute, model) };
}

function rulesShown({ document, publishedAt, ...rest }: PublishedRules): SurvivorshipRules {
  return { ...rest, document: document as Json, publishedAt: publishedAt?.toISOString() ?? null };
}

function rulesOf(document: Json, model: Model): RuleDocument {
  const checked = validateRules(document, model);
  if (!checked.ok)
    throw new ProblemError('rules-invalid', 'Mend what is listed; nothing was changed.', checked.problems);
  return checked.rules;
}
