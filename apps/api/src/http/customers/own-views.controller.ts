import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ownLinks, ownViewPage, type OwnLinks } from '@cinch/api-contract';
import type { Response } from 'express';
import { z } from 'zod';
import { OwnViews } from '../../pipeline/own-views.ts';
import { Database } from '../../platform/transaction.ts';
import { OwnRoom } from '../access/actor.ts';
import { patientWrite } from '../door/patient-write.ts';
import type { Room } from '../door/room.ts';
import { AnsweredViews } from './answered-views.ts';
import { OwnLinksQueries } from './own-links.queries.ts';

const ndjson = 'application/x-ndjson';
const lines = { schema: { $ref: '#/components/schemas/OwnView' } };
const atOnce = 500;

type ViewsRead = Awaited<ReturnType<OwnViews['servePage']>>;

const query = z.object({
  /** The key of the last record that was shown. */
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** All that a system should hold, as it should see it: one of these by its key is the same. */
@Controller('api/v1/systems/:system/customers')
export class OwnViewsController {
  constructor(
    private readonly views: OwnViews,
    private readonly database: Database,
    private readonly linked: OwnLinksQueries,
    private readonly answered: AnsweredViews,
  ) {}

  /** A page as JSON, or with `Accept: application/x-ndjson` everything after the cursor, one OwnView a line. */
  @Get()
  @ApiOkResponse({
    description: 'A page, or with `Accept: application/x-ndjson` all that follow, one OwnView a line.',
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/OwnViewPage' } },
      [ndjson]: lines,
    },
  })
  async all(
    @Param('system') system: string,
    @Query({ schema: query }) { cursor = '', limit }: z.infer<typeof query>,
    @Headers('accept') accept: string | undefined,
    @OwnRoom() room: Room,
    @Res() response: Response,
  ): Promise<void> {
    if (accept?.includes(ndjson)) {
      room.take('exports');
      return this.stream(system, cursor, response);
    }
    const { customers, next } = await this.answered.of(system, this.views.servePage(system, { after: cursor, limit }));
    response.json({ customers, nextCursor: next } satisfies z.infer<typeof ownViewPage>);
  }

  /** What other systems call the customer of this record. */
  @Get(':sourceId/links')
  @ApiOkResponse({ standardSchema: ownLinks })
  links(@Param('system') system: string, @Param('sourceId') sourceId: string): Promise<OwnLinks> {
    return this.database.read((tx) => this.linked.of(tx, system, sourceId));
  }

  private async stream(system: string, cursor: string, response: Response): Promise<void> {
    for (let after: string | null = cursor; after !== null;) {
      const { customers, next }: ViewsRead = await this.answered.of(
        system,
        this.views.servePage(system, { after, limit: atOnce }),
      );
      response.type(ndjson);
      // What is not read yet is not rendered either.
      const text = customers.map((view) => `${JSON.stringify(view)}\n`).join('');
      if (!(await patientWrite(response, text))) return;
      after = next;
    }
    response.end();
  }
}
