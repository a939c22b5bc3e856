import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Described {
  method: string;
  path: RegExp;
  responses: Record<string, { content?: Record<string, unknown> }>;
  pointer: string;
}

interface Answered {
  status: number;
  headers: Headers;
}

/** What the description of the API says of each answer, in statuses, content types and schemas. */
export class DescribedAnswers {
  private readonly operations: Described[];
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi');
    this.operations = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, Pick<Described, 'responses'>>).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
        responses,
        pointer: `/paths/${escaped(path)}/${method}/responses`,
      })),
    );
  }

  /** Throws where an answer is not as it is described. Pages of the console and addresses that are nowhere are not looked at. */
  check(method: string, path: string, { status, headers }: Answered, text: string): void {
    const address = path.split('?')[0]!;
    // A fixed name is described before a parameter in its place.
    const operation = this.operations.find((one) => one.method === method && one.path.test(address));
    if (!operation) return;
    const name = [`${status}`, `${Math.floor(status / 100)}XX`].find((one) => one in operation.responses);
    if (!name) throw new Error(`${method} ${address} answered ${status}, which its description does not name.`);
    const { content } = operation.responses[name]!;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (!content) {
      if (text !== '') throw new Error(`${method} ${address} answered ${status} with a body, which is not described.`);
      return;
    }
    if (!(type in content))
      throw new Error(`${method} ${address} answered ${status} as ${type}, which is not described.`);
    if (!type.endsWith('json')) return;
    const validate = this.validator(`${operation.pointer}/${name}/content/${escaped(type)}/schema`);
    for (const body of type === 'application/x-ndjson' ? text.trim().split('\n').filter(Boolean) : [text]) {
      if (validate(JSON.parse(body))) continue;
      const faults = validate.errors!.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
      throw new Error(`${method} ${address} answered ${status} unlike its description: ${faults.join('; ')}`);
    }
  }

  private validator(pointer: string): ValidateFunction {
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `openapi#${pointer}` });
    this.validators.set(pointer, known);
    return known;
  }
}

function escaped(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%2B', '+');
}
