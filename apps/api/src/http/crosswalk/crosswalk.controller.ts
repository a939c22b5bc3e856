import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { CrosswalkLine } from '@cinch/api-contract';
import type { Response } from 'express';
import { Database } from '../../platform/transaction.ts';
import { OwnRoom } from '../access/actor.ts';
import { patientWrite } from '../door/patient-write.ts';
import type { Room } from '../door/room.ts';
import { CrosswalkQueries } from './crosswalk.queries.ts';

@Controller('api/v1/crosswalk')
export class CrosswalkController {
  constructor(
    private readonly database: Database,
    private readonly queries: CrosswalkQueries,
  ) {}

  @Get()
  @ApiOkResponse({
    description:
      'One CrosswalkLine a line: which customer each live record belongs to. A thousand lines are of one moment; what changes while it is read may be told as it was before or after.',
    content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/CrosswalkLine' } } },
  })
  async stream(@OwnRoom() room: Room, @Res() response: Response): Promise<void> {
    room.take('exports');
    response.type('application/x-ndjson');
    for (let after: number | null = 0; after !== null;) {
      // Between two pages nothing is held of the database, however long their reader takes.
      const page = await this.database.in('long').glance((tx) => this.queries.page(tx, after!));
      if (!(await patientWrite(response, textOf(page.lines)))) return;
      after = page.next;
    }
    response.end();
  }
}

function textOf(lines: readonly CrosswalkLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
