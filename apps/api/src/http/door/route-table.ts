import { bodyBytes } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import { rights, type Who } from '../access/rights.ts';

/** What the hub knows of a route before it looks at a call of it. */
export interface Route {
  /** As the router names it, with its parameters. */
  path: string;
  who: Who;
  /** `streamed`: the handler reads the bytes itself. */
  body: number | 'streamed';
  segments: readonly string[];
}

const streamed = new Set(['POST /api/v1/systems/:system/records', 'POST /api/v1/systems/:system/events']);
/** Documents are longer than acts are. */
const documents = new Set([
  'PUT /api/v1/configuration',
  'PUT /api/v1/systems/:system/mapping',
  'POST /api/v1/systems/:system/mapping/check',
  'POST /api/v1/systems/:system/mapping/suggest',
  'PUT /api/v1/rules/survivorship',
  'POST /api/v1/rules/survivorship/preview',
  'PUT /api/v1/rules/matching',
  'POST /api/v1/rules/matching/preview',
  'POST /api/v1/rules/matching/count',
]);

const table = new Map<string, Route[]>();
for (const [name, who] of Object.entries(rights)) {
  const [method, path] = name.split(' ') as [string, string];
  const segments = path.split('/');
  const routes = table.get(placeOf(method, segments)) ?? [];
  table.set(placeOf(method, segments), [...routes, { path, who, body: bodyOf(name, method, who), segments }]);
}
// What is named stands before what is a parameter: `/customers/search` is no customer.
for (const routes of table.values()) routes.sort((a, b) => parametersOf(a) - parametersOf(b));

/** The route that answers, and the system that the address names. Null where nothing does. */
export function routeOf(method: string, path: string): { route: Route; system: string | undefined } | null {
  const asked = (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  const route = table
    .get(placeOf(method === 'HEAD' ? 'GET' : method, asked))
    ?.find(({ segments }) => segments.every((segment, place) => fits(segment, asked[place]!)));
  if (!route) return null;
  const place = route.segments.indexOf(':system');
  return { route, system: place === -1 ? undefined : decoded(asked[place]!) };
}

function placeOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length}`;
}

/** As the router compares them: names without regard to case. */
function fits(segment: string, asked: string): boolean {
  return segment.startsWith(':') ? asked !== '' : segment.toLowerCase() === asked.toLowerCase();
}

function parametersOf({ segments }: Route): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function bodyOf(name: string, method: string, who: Who): Route['body'] {
  if (method === 'GET') return 0;
  if (streamed.has(name)) return 'streamed';
  if (documents.has(name)) return bodyBytes.document;
  return who === 'public' || who === 'person' ? bodyBytes.public : bodyBytes.usual;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ProblemError('invalid-request', 'The address holds a % that encodes nothing: encode it as %25.');
  }
}
