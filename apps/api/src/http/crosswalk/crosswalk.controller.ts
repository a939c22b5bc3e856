import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { CrosswalkLine } from '@cinch/api-contract';
import type { Response } from 'express';
import { once } from 'node:events';
import { Database } from '../../platform/transaction.ts';
import { crosswalkPages } from './crosswalk.queries.ts';

@Controller('api/v1/crosswalk')
export class CrosswalkController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOkResponse({
    description: 'One CrosswalkLine a line: which customer each live record belongs to.',
    content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/CrosswalkLine' } } },
  })
  async stream(@Res() response: Response): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.type('application/x-ndjson');
    await this.database.read(async (tx) => {
      for await (const lines of crosswalkPages(tx)) {
        if (gone.signal.aborted) return;
        // The database waits for the reader: never more than a page is in memory.
        if (!response.write(textOf(lines)))
          await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
      }
    });
    response.end();
  }
}

function textOf(lines: readonly CrosswalkLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
