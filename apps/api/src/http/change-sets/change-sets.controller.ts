import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  changeSet,
  changeSetCheck,
  changeSetList,
  changeSetPost,
  changeSetRequest,
  type ChangeSet,
  type ChangeSetCheck,
  type ChangeSetList,
  type ProposedDocument,
} from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import type { Proposed } from '../../pipeline/read-proposed.ts';
import { By } from '../access/actor.ts';
import { ChangeSetsQueries } from './change-sets.queries.ts';
import { Publications } from './publications.ts';

/** Documents that name each other, published together or not at all. */
@Controller('api/v1/change-sets')
export class ChangeSetsController {
  constructor(
    private readonly database: Database,
    private readonly publications: Publications,
    private readonly queries: ChangeSetsQueries,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: changeSetList })
  async list(): Promise<ChangeSetList> {
    return { changeSets: await this.database.read((tx) => this.queries.latest(tx)) };
  }

  /** Every mistake of all of them at once; where there is none, what they would change together. Nothing is stored. */
  @Post('check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: changeSetCheck })
  check(@Body({ schema: changeSetRequest }) { documents }: z.infer<typeof changeSetRequest>): Promise<ChangeSetCheck> {
    return this.publications.check(documents.map(proposedIn));
  }

  /** In force at once; what this changes waits for the next refresh. */
  @Post()
  @ApiCreatedResponse({ standardSchema: changeSet })
  async publish(
    @Body({ schema: changeSetPost }) { documents, reason, count }: z.infer<typeof changeSetPost>,
    @By() by: string,
  ): Promise<ChangeSet> {
    const { changeSetId } = await this.publications.publish(documents.map(proposedIn), { reason, by, count });
    return this.database.read((tx) => this.queries.one(tx, changeSetId));
  }
}

function proposedIn({ baseVersion: base, ...one }: ProposedDocument): Proposed {
  return { ...one, system: 'system' in one ? one.system : null, base };
}
