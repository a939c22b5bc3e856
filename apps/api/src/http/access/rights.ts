import { audiences, routes, type Caller, type RouteName, type Who } from '@cinch/api-contract';

export const routeNames = Object.keys(routes) as readonly RouteName[];

export function isRoute(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

/** `path` as the router names it, with its parameters. A HEAD is a GET without its body. Null where no such route is known. */
export function whoMay(method: string, path: string): Who | null {
  const name = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  return isRoute(name) ? routes[name].who : null;
}

export function isAmong(who: Who, caller: Caller): boolean {
  return (audiences[who] as readonly Caller[]).includes(caller);
}

/** Every call that this kind of caller may make. */
export function callsOf(caller: Caller): RouteName[] {
  return routeNames.filter((route) => isAmong(routes[route].who, caller));
}
