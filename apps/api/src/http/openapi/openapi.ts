import { Injectable } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cloudEvent, crosswalkLine, problem, recordLine, roles } from '@cinch/api-contract';
import { z } from 'zod';
import { isAmong, rights, type Who } from '../access/rights.ts';

/** Named by the contract, but read or written line by line, so that no route refers to them by itself. */
const lines = { RecordLine: recordLine, CloudEvent: cloudEvent, CrosswalkLine: crosswalkLine, Problem: problem };

type Operation = { security?: object[]; responses: Record<string, object>; operationId?: string };

/** The description of the API, made once from its routes and the contract's schemas. */
@Injectable()
export class OpenApi {
  private app: NestExpressApplication | null = null;
  private made: OpenAPIObject | null = null;

  describe(app: NestExpressApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    this.made ??= describeAll(this.app!);
    return this.made;
  }
}

function describeAll(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Cinch')
    .setDescription('Customer master data hub.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A system's key or the admin token." }, 'bearer')
    .addCookieAuth('cinch.session_token', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components ??= {};
  document.components.schemas ??= {};
  for (const [name, schema] of Object.entries(lines)) {
    const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input' });
    document.components.schemas[name] = shape as never;
  }
  addToEachOperation(document);
  return document;
}

function addToEachOperation(document: OpenAPIObject): void {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations) as [string, Operation][]) {
      const who = rights[`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`];
      operation.security = who ? securityOf(who) : [];
      operation.responses['default'] = {
        description: 'A problem, with a code and what to do next.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
}

function securityOf(who: Who): object[] {
  if (isAmong(who, 'nobody')) return [];
  const byBearer = isAmong(who, 'system') || isAmong(who, 'automation');
  const bySession = roles.some((role) => isAmong(who, role));
  return [...(byBearer ? [{ bearer: [] }] : []), ...(bySession ? [{ session: [] }] : [])];
}
