import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Caller } from '@cinch/api-contract';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { modelInForce } from '../../platform/model-in-force.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import type { ActingRequest } from '../access/actor.ts';
import { BodySeen } from './body-seen.ts';
import { SeenPlaces } from './seen-places.ts';
import { Sight } from './sight.ts';
import { readerIn, unmaskedKey } from './sight-of.ts';

/** Whatever is answered to people goes through here, refusals that tell the reach of an act too: values that the caller may not see are masked. */
@Injectable()
export class SightInterceptor implements NestInterceptor {
  private readonly known = new Map<string, SeenPlaces | null>();

  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const caller = readerIn(request.admitted?.actor);
    if (caller === null || Reflect.getMetadata(unmaskedKey, context.getHandler()) === true) return next.handle();
    const { system } = request.params as { system?: string };
    // Who acts must be answered also while those who only read have all of their connections.
    const database = request.method === 'GET' ? this.database : this.database.in('acts');
    const seen = async <Body>(body: Body): Promise<Body> => {
      if (body === undefined || body === null) return body;
      return (await database.read((tx) => this.bodySeen(tx, caller))).of(body, system);
    };
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        throw error instanceof ProblemError && error.reach ? error.withReach(await seen(error.reach)) : error;
      }),
      mergeMap(seen),
    );
  }

  private async bodySeen(tx: Tx, caller: Caller): Promise<BodySeen> {
    const sight = new Sight(caller, await modelInForce(tx));
    const places = sight.hidesAny ? await this.places(tx, sight, caller) : new Map<string, SeenPlaces>();
    return new BodySeen(sight, places, sight.model.nameId !== null && sight.hides(sight.model.nameId));
  }

  /** Of each system, by its mapping in force. */
  private async places(tx: Tx, sight: Sight, caller: Caller): Promise<Map<string, SeenPlaces>> {
    const places = new Map<string, SeenPlaces>();
    for (const { systemId, code, mappingVersion } of await this.systems.all(tx)) {
      if (mappingVersion === null) continue;
      const name = `${systemId}.${mappingVersion} ${sight.model.version} ${caller}`;
      let own = this.known.get(name);
      if (own === undefined) {
        const document = await this.mappings.document(tx, systemId, mappingVersion, sight.model);
        own = document && new SeenPlaces(document, sight);
        this.known.set(name, own);
      }
      if (own) places.set(code, own);
    }
    return places;
  }
}
