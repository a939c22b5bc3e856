import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import {
  systemLimits,
  type Configuration as Shown,
  type ConfigurationChanges,
  type DocumentKind,
} from '@cinch/api-contract';
import type { Json } from '@cinch/canonical-model';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { TokenSeal } from '../../platform/token-seal.ts';
import type { Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { ModelsStore } from '../../stages/matching/models.store.ts';
import { SchedulesStore } from '../../stages/refreshes/schedules.store.ts';
import { RulesStore } from '../../stages/rules/rules.store.ts';
import { SystemsStore, type SystemRow } from '../../stages/systems/systems.store.ts';
import type { Proposal } from '../../pipeline/foresight.ts';
import { Proposals } from '../../pipeline/proposals.ts';
import { Publishing } from '../../pipeline/publishing.ts';
import type { Part, Proposed } from '../../pipeline/read-proposed.ts';
import { placeOf } from '../change-sets/publications.ts';
import { jsonDifferences, type JsonDifference } from './json-differences.ts';
import type { ValidConfiguration, ValidSystem } from './valid-configuration.ts';

const shownAtMost = 200;
const never = { every: 'never', applies: false } as const;

/** Reads what admins have set up as one document, and brings the hub to such a document. */
@Injectable()
export class Configuration {
  constructor(
    private readonly systems: SystemsStore,
    private readonly seal: TokenSeal,
    private readonly schedules: SchedulesStore,
    private readonly mappings: MappingsStore,
    private readonly rules: RulesStore,
    private readonly proposals: Proposals,
    private readonly publishing: Publishing,
    private readonly models: ModelsStore,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async read(tx: Tx): Promise<Shown> {
    const systems: Shown['systems'] = [];
    for (const { systemId, code, name, adapterUrl, scope, lane, ownLimits, schedule } of await this.systems.all(tx)) {
      const mapping = (await this.mappings.published(tx, systemId))?.document ?? null;
      const limits = systemLimits.parse(ownLimits);
      systems.push({ code, name, adapterUrl, scope: scope as unknown as Json, lane, limits, schedule, mapping });
    }
    const survivorship = (await this.rules.inForce(tx)).document as unknown as Json;
    const matching = (await this.models.latest(tx)).document as unknown as Json;
    const canonicalModel = (await modelInForce(tx)).document as unknown as Json;
    return { format: 1, systems, canonicalModel, survivorship, matching };
  }

  /** What of the document changes customers or who has a row where; a system that begins changes nothing by itself. */
  async proposalOf(tx: Tx, wanted: ValidConfiguration): Promise<Proposal> {
    return (await this.changed(tx, wanted, await this.read(tx))).proposal;
  }

  /** The documents that are others than those in force, valid beside these too. */
  private async changed(
    tx: Tx,
    { systems, canonical, survivorship, matching }: ValidConfiguration,
    now: Shown,
  ): Promise<Part> {
    const proposed: Proposed[] = [];
    const propose = (kind: DocumentKind, system: string | null, known: unknown, document: unknown) => {
      if (document === null || jsonDifferences(known as Json, document as Json).length === 0) return;
      proposed.push({ kind, system, document: document as Json });
    };
    propose('canonicalModel', null, now.canonicalModel, canonical?.document ?? null);
    for (const { code, mapping, scope } of systems) {
      const shown = now.systems.find((one) => one.code === code);
      if (!shown) continue;
      propose('mapping', code, shown.mapping, mapping);
      propose('scope', code, shown.scope, scope);
    }
    propose('survivorship', null, now.survivorship, survivorship);
    propose('matching', null, now.matching, matching);
    const { mistakes, ...part } = await this.proposals.read(tx, proposed);
    if (mistakes.length === 0) return part;
    const errors = mistakes.map((one) => ({ path: placeOf(one), code: one.code, detail: one.detail }));
    throw new ProblemError('configuration-invalid', 'Mend what is listed; nothing was changed.', errors);
  }

  /** Names what differs from the document, and unless `isDry` makes it so. What already is as it should be is left alone. */
  async bring(
    tx: Tx,
    wanted: ValidConfiguration,
    { isDry, reason, by }: { isDry: boolean; reason: string; by: string },
  ): Promise<Omit<ConfigurationChanges, 'reach'>> {
    if (!isDry) await this.publishing.hold(tx);
    const now = await this.read(tx);
    const differences: JsonDifference[] = [];
    const publishes: string[] = [];
    const { documents } = await this.changed(tx, wanted, now);
    const mappings = new Map(documents.mappings);
    if (wanted.canonical) {
      const { document } = wanted.canonical;
      const found = jsonDifferences(now.canonicalModel as Json, document as unknown as Json, '/canonicalModel');
      differences.push(...found);
      if (found.length > 0) publishes.push('canonicalModel');
    }
    for (const system of wanted.systems) {
      const row = await this.systems.byCode(tx, system.code);
      mustNameToken(row, system);
      const shown = now.systems.find(({ code }) => code === system.code);
      // A published mapping cannot be taken back, only replaced: none in the document leaves it.
      const mapping = system.mapping ?? shown?.mapping ?? null;
      const limits = system.limits ?? shown?.limits ?? systemLimits.parse({});
      const schedule = system.schedule ?? shown?.schedule ?? never;
      const { adapterToken, ...rest } = { ...system, limits, schedule, mapping };
      const found = jsonDifferences(shown as Json, rest as unknown as Json, `/systems/${system.code}`);
      const knownToken = row?.adapterToken ? this.seal.open(row.adapterToken) : null;
      const isNewToken = adapterToken !== undefined && adapterToken !== knownToken;
      if (isNewToken) found.push({ path: `/systems/${system.code}/adapterToken` });
      const isNewMapping = jsonDifferences(shown?.mapping, system.mapping).length > 0 && system.mapping !== null;
      if (isNewMapping) publishes.push(`mapping ${system.code}`);
      differences.push(...found);
      if (found.length === 0 || isDry) continue;
      const systemId = await this.bringSystem(tx, row, system, by);
      if (isNewMapping) mappings.set(systemId, system.mapping);
    }
    for (const part of ['survivorship', 'matching'] as const) {
      const document = wanted[part];
      if (document === null) continue;
      const found = jsonDifferences(now[part] as Json, document as unknown as Json, `/${part}`);
      if (found.length === 0) continue;
      differences.push(...found);
      publishes.push(part);
    }
    if (!isDry && publishes.length + (documents.scopes?.size ?? 0) > 0)
      await this.publishing.publish(tx, { ...documents, mappings }, { reason, by, at: this.clock.now() });
    if (!isDry && differences.length > 0) await this.audit.note(tx, by, 'configuration imported', reason);
    return { dryRun: isDry, count: differences.length, differences: differences.slice(0, shownAtMost), publishes };
  }

  private async bringSystem(tx: Tx, known: SystemRow | null, wanted: ValidSystem, by: string): Promise<number> {
    const { code, name, adapterUrl, scope, lane, limits, schedule } = wanted;
    const adapterToken = adapterUrl === null ? null : wanted.adapterToken;
    const { systemId } =
      known ?? (await this.systems.create(tx, { code, name, adapterUrl, adapterToken: adapterToken ?? null, scope }))!;
    if (known) {
      await this.systems.setName(tx, systemId, name);
      await this.systems.setUrl(tx, systemId, adapterUrl);
      if (adapterToken !== undefined) await this.systems.setToken(tx, systemId, adapterToken);
    }
    if (lane !== known?.lane) await this.systems.setLane(tx, systemId, lane);
    if (limits) await this.systems.setLimits(tx, systemId, limits);
    // Set anew it would count its hours from now.
    if (schedule && jsonDifferences(known?.schedule ?? never, schedule).length > 0)
      await this.schedules.set(tx, systemId, schedule, this.clock.now());
    await this.audit.note(tx, by, known ? 'system configured' : 'system created', code);
    return systemId;
  }
}

/** The token of one address is not sent to another because a file says so. */
function mustNameToken(known: SystemRow | null, { code, adapterUrl, adapterToken }: ValidSystem): void {
  if (!known?.adapterToken || adapterUrl === null || adapterUrl === known.adapterUrl || adapterToken) return;
  const detail = `The adapter of ${code} is at another address there: name its adapterToken too. Nothing was changed.`;
  throw new ProblemError('configuration-invalid', detail);
}
