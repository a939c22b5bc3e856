import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenApi } from '../openapi/openapi.ts';
import { docsPage } from './docs-page.ts';

@ApiExcludeController()
@Controller('docs')
export class DocsController {
  private page: string | null = null;

  constructor(private readonly openApi: OpenApi) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  read(): string {
    this.page ??= docsPage(this.openApi.document());
    return this.page;
  }
}
