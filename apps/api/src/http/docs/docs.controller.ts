import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { OpenApi } from '../openapi/openapi.ts';
import { PreparedAnswer } from '../prepared-answer.ts';
import { docsPage } from './docs-page.ts';

@ApiExcludeController()
@Controller('docs')
export class DocsController {
  private answer: PreparedAnswer | null = null;

  constructor(private readonly openApi: OpenApi) {}

  @Get()
  read(@Res() response: Response): void {
    this.answer ??= new PreparedAnswer('text/html', docsPage(this.openApi.document()));
    this.answer.send(response);
  }
}
