import { audiences, sights, type Caller } from '@cinch/api-contract';
import { itemListOf, sensitivities, type AttributeId, type Model, type Sensitivity } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';

/** What of customers a caller may see, by the canonical model in force. */
export class Sight {
  /** False for whoever sees everything that the model has. */
  readonly hidesAny: boolean;
  private readonly unseen: ReadonlySet<Sensitivity>;

  constructor(
    private readonly caller: Caller,
    readonly model: Model,
  ) {
    this.unseen = new Set(sensitivities.filter((one) => !isAmong(sights[one].seenBy, caller)));
    const { attributes, lists } = model.document;
    this.hidesAny = [...attributes, ...lists].some(({ sensitivity }) => this.unseen.has(sensitivity));
  }

  /** Whether the caller may publish documents, and so must have them whole. */
  get mayPublish(): boolean {
    return isAmong(audiences.admin, this.caller);
  }

  hides(attribute: AttributeId): boolean {
    return this.unseen.has(this.model.attributeOf(attribute).sensitivity);
  }

  /** Whether the caller may have it revealed, or sees it anyway. */
  mayReveal(attribute: AttributeId): boolean {
    const { sensitivity } = this.model.attributeOf(attribute);
    return !this.unseen.has(sensitivity) || isAmong(sights[sensitivity].revealedTo, this.caller);
  }
}

/** An item is asked for by what it is known by: who may not see that could find it out by asking. */
export function mayBeNamed(attribute: AttributeId | undefined, sight: Sight): void {
  if (attribute === undefined || itemListOf(attribute) === null || !sight.hides(attribute)) return;
  throw new ProblemError('invalid-request', `Name ${itemListOf(attribute)} itself: what its items are is masked.`);
}

function isAmong(callers: readonly Caller[], caller: Caller): boolean {
  return callers.includes(caller);
}
