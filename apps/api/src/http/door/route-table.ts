import { routes as known, type bodyBytes, type paces, type RouteName, type Who } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import { routeNames } from '../access/rights.ts';

/** What the hub knows of a route before it looks at a call of it. */
export interface Route {
  /** As the router names it, with its parameters. */
  path: string;
  who: Who;
  /** What its body is; `streamed`: the handler reads the bytes itself. */
  body: BodyKind | 'streamed' | 'none';
  /** By what its calls are counted. */
  pace: keyof typeof paces | null;
  segments: readonly string[];
}

/** A JSON body, by what it may cost. */
export type BodyKind = Extract<keyof typeof bodyBytes, 'public' | 'usual' | 'document'>;

const table = new Map<string, Route[]>();
for (const name of routeNames) {
  const [method, path] = name.split(' ') as [string, string];
  const segments = path.split('/');
  const routes = table.get(placeOf(method, segments)) ?? [];
  table.set(placeOf(method, segments), [
    ...routes,
    { path, who: known[name].who, body: bodyOf(name, method), pace: entryOf(name).pace ?? null, segments },
  ]);
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

function entryOf(name: RouteName): { who: Who; body?: 'document' | 'streamed'; pace?: keyof typeof paces } {
  return known[name];
}

function bodyOf(name: RouteName, method: string): Route['body'] {
  if (method === 'GET') return 'none';
  const { who, body } = entryOf(name);
  if (body !== undefined) return body;
  return who === 'public' || who === 'person' ? 'public' : 'usual';
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ProblemError('invalid-request', 'The address holds a % that encodes nothing: encode it as %25.');
  }
}
