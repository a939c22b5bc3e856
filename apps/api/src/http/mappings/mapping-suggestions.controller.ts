import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { mappingSuggestion, mappingSuggestionRequest, type MappingSuggestion } from '@cinch/api-contract';
import { suggestMapping } from '@cinch/canonical-model';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { csvSample } from './csv-sample.ts';

const rowsAtMost = 1_000;

@Controller('api/v1/systems/:system/mapping/suggest')
export class MappingSuggestionsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
  ) {}

  /** Nothing is stored: the suggestion is for a person to look at, to complete and to publish. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: mappingSuggestion })
  async suggest(
    @Param('system') code: string,
    @Body({ schema: mappingSuggestionRequest }) { csv }: z.infer<typeof mappingSuggestionRequest>,
  ): Promise<MappingSuggestion> {
    const model = await this.database.read(async (tx) => {
      await this.systems.named(tx, code);
      return modelInForce(tx);
    });
    const { columns, rows } = csvSample(csv, rowsAtMost);
    return suggestMapping(code, columns, rows, model);
  }
}
