import type { ConfigurationPut, Problem } from '@cinch/api-contract';
import {
  validateMapping,
  validateMatchModel,
  validateRules,
  validateScope,
  type Json,
  type MatchModel,
  type RuleDocument,
  type ScopeDocument,
  Model,
  validateCanonicalModel,
} from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';

type Mistake = NonNullable<Problem['errors']>[number];
type SystemPut = NonNullable<ConfigurationPut['systems']>[number];

export interface ValidSystem extends Omit<SystemPut, 'scope'> {
  scope: ScopeDocument;
}

export interface ValidConfiguration {
  systems: ValidSystem[];
  canonical: Model | null;
  survivorship: RuleDocument | null;
  matching: MatchModel | null;
}

/** Every mistake of the whole document in one answer, each in its place. */
export function validConfiguration(document: ConfigurationPut, inForce: Model): ValidConfiguration {
  const mistakes: Mistake[] = [];
  const note = (where: string, problems: readonly Mistake[]) =>
    mistakes.push(...problems.map((one) => ({ ...one, path: where + pointer(one.path) })));
  const canonical =
    document.canonicalModel === undefined
      ? null
      : validateCanonicalModel(document.canonicalModel as Json, inForce.document);
  if (canonical && !canonical.ok) note('/canonicalModel', canonical.problems);
  const model = canonical?.ok ? new Model(canonical.model, inForce.version + 1) : inForce;
  const seen = new Set<string>();
  const systems = (document.systems ?? []).map((system, index): ValidSystem => {
    const where = `/systems/${index}`;
    if (seen.has(system.code)) note(`${where}/code`, [mistake('repeated', `${system.code} stands here twice.`)]);
    seen.add(system.code);
    const scope = validateScope(system.scope, model);
    if (!scope.ok) note(`${where}/scope`, scope.problems);
    if (system.mapping !== null) note(`${where}/mapping`, mappingMistakes(system, model));
    return { ...system, scope: scope.ok ? scope.scope : { create: 'nobody', keep: 'everybody' } };
  });
  const rules = document.survivorship === undefined ? null : validateRules(document.survivorship as Json, model);
  if (rules && !rules.ok) note('/survivorship', rules.problems);
  const matching = document.matching === undefined ? null : validateMatchModel(document.matching);
  if (matching && !matching.ok) note('/matching', matching.problems);
  if (mistakes.length > 0) {
    throw new ProblemError('configuration-invalid', 'Mend what is listed; nothing was changed.', mistakes);
  }
  return {
    systems,
    canonical: canonical?.ok ? model : null,
    survivorship: rules?.ok ? rules.rules : null,
    matching: matching?.ok ? matching.model : null,
  };
}

function mappingMistakes({ code, mapping }: SystemPut, model: Model): Mistake[] {
  const checked = validateMapping(mapping as Json, model);
  if (!checked.ok) return checked.problems;
  if (checked.mapping.system === code) return [];
  return [
    { ...mistake('other-system', `It is for ${checked.mapping.system}, and stands at ${code}.`), path: 'system' },
  ];
}

function mistake(code: string, detail: string): Mistake {
  return { path: '', code, detail };
}

function pointer(path: string): string {
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}
