import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentActor, type Actor } from '../access/actor.ts';
import { LiveStreams } from './live-streams.ts';

@Controller('api/v1/live')
export class LiveController {
  constructor(private readonly streams: LiveStreams) {}

  @Get()
  @ApiOkResponse({
    description:
      'Events until the session ends. `ready`: from now on changes are told; read everything anew, since nothing is told of what was before. `changed`: a LiveChange. `heartbeat`: every 15 seconds.',
    content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/LiveChange' } } },
  })
  async listen(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    await this.streams.open(actor.kind === 'person' ? actor.sessionId : null, response);
  }
}
