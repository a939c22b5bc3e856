import { Injectable } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import {
  cloudEvent,
  crosswalkLine,
  liveChange,
  masked,
  ownViewPage,
  problem,
  recordLine,
  roles,
  routes,
  sights,
  type Who,
} from '@cinch/api-contract';
import { z } from 'zod';
import { as31 } from './as-3-1.ts';
import { isAmong, isRoute } from '../access/rights.ts';

/** Named by the contract, but read or written line by line, so that no route refers to them by itself. */
const lines = {
  RecordLine: recordLine,
  CloudEvent: cloudEvent,
  CrosswalkLine: crosswalkLine,
  LiveChange: liveChange,
  OwnViewPage: ownViewPage,
  Problem: problem,
};

const aProblem = {
  description: 'A problem, with a code and what to do next.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

type Operation = { summary?: string; security?: object[]; responses: Record<string, object>; operationId?: string };

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
    .setDescription(`Customer master data hub.\n\n${sightInWords()}`)
    .setVersion('1')
    .addServer('/')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A system's key or the admin token." }, 'bearer')
    .addCookieAuth('cinch.session_token', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.info.license = { name: 'All rights reserved', identifier: 'LicenseRef-all-rights-reserved' } as never;
  document.components ??= {};
  document.components.schemas ??= {};
  for (const [name, schema] of Object.entries(lines)) {
    Object.assign(document.components.schemas, shapesOf(name, schema));
  }
  addToEachOperation(document);
  as31(document);
  return document;
}

/** A schema with those that it refers to, which the generator of zod puts below it. */
function shapesOf(name: string, schema: z.ZodType): Record<string, object> {
  const { $schema: _, $defs: below = {}, ...own } = z.toJSONSchema(schema, { io: 'input' });
  const nameOf = (one: string) => (one in below && one !== name ? `${name}.${one}` : one);
  const shape = { [name]: own, ...below }[name] as object;
  const all = { ...below, [name]: '$ref' in shape ? below[name]! : shape };
  const text = JSON.stringify(Object.fromEntries(Object.entries(all).map(([one, value]) => [nameOf(one), value])));
  return JSON.parse(
    text.replaceAll(/"#\/\$defs\/(\w+)"/g, (_, one: string) => `"#/components/schemas/${nameOf(one)}"`),
  ) as Record<string, object>;
}

/** What answers to people leave out, by the table. */
function sightInWords(): string {
  const each = Object.entries(sights).map(([sensitivity, { seenBy, revealedTo }]) => {
    const revealed = revealedTo.length > 0 ? `, and revealed one by one to ${revealedTo.join(', ')}` : '';
    return `${sensitivity} ones are seen by ${seenBy.join(', ')}${revealed}`;
  });
  return `Values of the canonical model that the caller may not see by their sensitivity read ${masked} in every answer to people: ${each.join('; ')}. Systems read their own unmasked.`;
}

function addToEachOperation(document: OpenAPIObject): void {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations) as [string, Operation][]) {
      const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      const entry = isRoute(route) ? routes[route] : null;
      operation.summary = entry?.summary;
      operation.security = entry ? securityOf(entry.who) : [];
      for (const status of ['4XX', '5XX']) operation.responses[status] = aProblem;
    }
  }
}

function securityOf(who: Who): object[] {
  if (isAmong(who, 'nobody')) return [];
  const byBearer = isAmong(who, 'system') || isAmong(who, 'automation');
  const bySession = roles.some((role) => isAmong(who, role));
  return [...(byBearer ? [{ bearer: [] }] : []), ...(bySession ? [{ session: [] }] : [])];
}
