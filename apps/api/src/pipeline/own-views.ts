import { Injectable } from '@nestjs/common';
import { canonicalJson, viewDifference, wholeView, type Json, type OfferEntry } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { contentHash } from '../platform/content-hash.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { ended, Gathered } from '../platform/gathered.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Glance } from '../platform/transaction.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { OwnViewsStore, type OwnKey, type OwnRow } from '../stages/views/own-views.store.ts';
import { Ingest } from './ingest.ts';
import { Outbound } from './outbound.ts';
import { SystemsInForce } from './systems-in-force.ts';

interface OwnView {
  sourceId: string;
  customerId: string;
  goldenVersion: number;
  fields: Record<string, Json>;
}

interface Rendered {
  shown: OwnView;
  recordId: number;
  /** Null where nothing is served that was not served that day. */
  offer: OfferEntry | null;
}

const mostAtOnce = 50;

/** A system reads its own view of a customer: what it is served is an offer, so that the value coming back is no news. */
@Injectable()
export class OwnViews {
  /** Views that are asked for at the same moment are read together. */
  private readonly read = new Gathered<OwnKey, Rendered>(
    (keys) => this.database.glance((tx) => this.renderEach(tx, keys)),
    mostAtOnce,
  );

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly mappings: MappingsStore,
    private readonly views: OwnViewsStore,
    private readonly ingest: Ingest,
    private readonly outbound: Outbound,
  ) {}

  /** Most views say what their system holds already, or were served before that day: these are read beside the committer's work. */
  async serve(system: string, sourceKey: string): Promise<OwnView> {
    await this.outbound.mustServe();
    const key = { system, sourceKey };
    const again = async (tx: Glance) => Promise.all(await this.renderEach(tx, [key]));
    const [view] = await this.served([await this.read.ask(key)], again);
    return view!;
  }

  /** A page of all its own views, in the order of their keys: each is what `serve` answers by its key. */
  async servePage(
    systemCode: string,
    page: { after: string; limit: number },
  ): Promise<{ customers: OwnView[]; next: string | null }> {
    await this.outbound.mustServe();
    const read = async (tx: Glance) => {
      const rows = await this.views.ownPage(tx, systemCode, page, startOfDay(this.clock.now()));
      return Promise.all(rows.map((row) => this.rendered(tx, row)));
    };
    const customers = await this.served(await this.database.glance(read), read);
    return { customers, next: customers.length < page.limit ? null : customers.at(-1)!.sourceId };
  }

  /** The committer is needed only where something is served for the first time that day; it reads `again`. */
  private async served(seen: Rendered[], again: (tx: Glance) => Promise<Rendered[]>): Promise<OwnView[]> {
    if (seen.every(({ offer }) => offer === null)) return seen.map(({ shown }) => shown);
    return this.committer.commit(async (tx) => {
      const now = await again(tx);
      const filings = now.flatMap(({ offer, recordId }) =>
        offer ? [{ recordId, entry: offer, origin: fromNowhere }] : [],
      );
      await this.ingest.entries(tx, await this.systems.load(tx), filings, null);
      crashPoint('view-offered');
      return now.map(({ shown }) => shown);
    });
  }

  /** All of them have come to their end: what cannot be rendered fails alone. */
  private async renderEach(tx: Glance, keys: readonly OwnKey[]): Promise<Promise<Rendered>[]> {
    const rows = await this.views.own(tx, keys, startOfDay(this.clock.now()));
    return ended(
      rows.map(async (row, place) => {
        if (!row) throw new ProblemError('not-found', `The hub knows no such record of ${keys[place]!.system}.`);
        return this.rendered(tx, row);
      }),
    );
  }

  private async rendered(tx: Glance, own: OwnRow): Promise<Rendered> {
    const { golden, record, publicId } = own;
    // While a person is asked about its row, it is served as it is known to be held.
    const { carried } =
      record.holdId !== null
        ? { carried: {} }
        : viewDifference(golden, record, await this.mappings.lens(tx, own.systemId, own.mappingVersion));
    const fields = wholeView(record.held, carried);
    const shown: OwnView = { sourceId: record.sourceKey!, customerId: publicId, goldenVersion: golden.version, fields };
    return { shown, recordId: record.recordId, offer: this.offerOf(own, carried) };
  }

  /** What is served for the first time that day. */
  private offerOf({ record, served }: OwnRow, carried: OfferEntry['carried']): OfferEntry | null {
    if (Object.keys(carried).length === 0) return null;
    const content = contentHash(['served', canonicalJson(carried as unknown as Json)]);
    if (served.includes(content)) return null;
    const at = startOfDay(this.clock.now());
    return { kind: 'offer', version: null, at, content, base: record.headPosition, deliveryId: null, carried };
  }
}

const fromNowhere = { batchId: null, line: null, runId: null };

/** A view read many times a day is one offer. */
function startOfDay(ms: number): number {
  return ms - (ms % (24 * 60 * 60 * 1000));
}
