import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import { systemLimits, type Configuration as Shown, type ConfigurationChanges } from '@cinch/api-contract';
import { validateMapping, type Json, type MappingDocument, type ScopeDocument } from '@cinch/canonical-model';
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
import { ModelChange } from '../../pipeline/model-change.ts';
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
    private readonly modelChange: ModelChange,
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
  async proposalOf(tx: Tx, { systems, canonical, survivorship, matching }: ValidConfiguration): Promise<Proposal> {
    const now = await this.read(tx);
    const isOther = (a: unknown, b: unknown) => jsonDifferences(a as Json, b as Json).length > 0;
    const model = canonical ?? (await modelInForce(tx));
    const mappings = new Map<number, MappingDocument>();
    const scopes = new Map<number, ScopeDocument>();
    for (const { code, mapping, scope } of systems) {
      const row = await this.systems.byCode(tx, code);
      const shown = now.systems.find((one) => one.code === code);
      if (!row || !shown) continue;
      const checked = mapping !== null && isOther(shown.mapping, mapping) ? validateMapping(mapping, model) : null;
      if (checked?.ok) mappings.set(row.systemId, checked.mapping);
      if (isOther(shown.scope, scope)) scopes.set(row.systemId, scope);
    }
    return {
      mappings,
      scopes,
      ...(canonical && isOther(now.canonicalModel, canonical.document) && { canonical }),
      ...(survivorship !== null && isOther(now.survivorship, survivorship) && { rules: survivorship }),
      ...(matching !== null && isOther(now.matching, matching) && { model: matching }),
    };
  }

  /** Names what differs from the document, and unless `isDry` makes it so. What already is as it should be is left alone. */
  async bring(
    tx: Tx,
    wanted: ValidConfiguration,
    { isDry, reason, by }: { isDry: boolean; reason: string; by: string },
  ): Promise<Omit<ConfigurationChanges, 'reach'>> {
    const now = await this.read(tx);
    const differences: JsonDifference[] = [];
    const publishes: string[] = [];
    if (wanted.canonical) {
      const { document } = wanted.canonical;
      const found = jsonDifferences(now.canonicalModel as Json, document as unknown as Json, '/canonicalModel');
      differences.push(...found);
      if (found.length > 0) publishes.push('canonicalModel');
      if (found.length > 0 && !isDry)
        await this.modelChange.publish(tx, { document, reason, by, at: this.clock.now() });
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
      if (found.length > 0 && !isDry) await this.bringSystem(tx, row, system, isNewMapping, by);
    }
    for (const part of ['survivorship', 'matching'] as const) {
      const document = wanted[part];
      if (document === null) continue;
      const found = jsonDifferences(now[part] as Json, document as unknown as Json, `/${part}`);
      if (found.length === 0) continue;
      differences.push(...found);
      publishes.push(part);
      if (!isDry) await this.publish(tx, part, wanted, reason, by);
    }
    if (!isDry && differences.length > 0) await this.audit.note(tx, by, 'configuration imported', reason);
    return { dryRun: isDry, count: differences.length, differences: differences.slice(0, shownAtMost), publishes };
  }

  private async bringSystem(
    tx: Tx,
    known: SystemRow | null,
    wanted: ValidSystem,
    isNewMapping: boolean,
    by: string,
  ): Promise<void> {
    const { code, name, adapterUrl, scope, lane, limits, schedule, mapping } = wanted;
    const adapterToken = adapterUrl === null ? null : wanted.adapterToken;
    const { systemId } =
      known ?? (await this.systems.create(tx, { code, name, adapterUrl, adapterToken: adapterToken ?? null, scope }))!;
    if (known) {
      await this.systems.setName(tx, systemId, name);
      await this.systems.setUrl(tx, systemId, adapterUrl);
      if (adapterToken !== undefined) await this.systems.setToken(tx, systemId, adapterToken);
      await this.systems.setScope(tx, systemId, scope);
    }
    if (lane !== known?.lane) await this.systems.setLane(tx, systemId, lane);
    if (limits) await this.systems.setLimits(tx, systemId, limits);
    // Set anew it would count its hours from now.
    if (schedule && jsonDifferences(known?.schedule ?? never, schedule).length > 0)
      await this.schedules.set(tx, systemId, schedule, this.clock.now());
    await this.audit.note(tx, by, known ? 'system configured' : 'system created', code);
    if (!isNewMapping) return;
    const version = await this.mappings.publish(tx, systemId, mapping as Json, new Date(this.clock.now()), by);
    await this.audit.note(tx, by, `mapping ${version} published`, code);
  }

  private async publish(
    tx: Tx,
    part: 'survivorship' | 'matching',
    { survivorship, matching }: ValidConfiguration,
    reason: string,
    by: string,
  ): Promise<void> {
    const at = this.clock.now();
    const version =
      part === 'survivorship'
        ? await this.rules.publish(tx, { document: survivorship!, reason, by, at })
        : await this.models.publish(tx, { document: matching!, reason, by, at });
    const what = part === 'survivorship' ? 'survivorship rules' : 'match model';
    await this.audit.note(tx, by, `${what} ${version} published`, reason);
  }
}

/** The token of one address is not sent to another because a file says so. */
function mustNameToken(known: SystemRow | null, { code, adapterUrl, adapterToken }: ValidSystem): void {
  if (!known?.adapterToken || adapterUrl === null || adapterUrl === known.adapterUrl || adapterToken) return;
  const detail = `The adapter of ${code} is at another address there: name its adapterToken too. Nothing was changed.`;
  throw new ProblemError('configuration-invalid', detail);
}
