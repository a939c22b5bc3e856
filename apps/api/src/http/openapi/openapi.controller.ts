import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { PreparedAnswer } from '../prepared-answer.ts';
import { OpenApi } from './openapi.ts';

@ApiExcludeController()
@Controller('openapi.json')
export class OpenApiController {
  private answer: PreparedAnswer | null = null;

  constructor(private readonly openApi: OpenApi) {}

  @Get()
  document(@Res() response: Response): void {
    this.answer ??= new PreparedAnswer('application/json', JSON.stringify(this.openApi.document()));
    this.answer.send(response);
  }
}
