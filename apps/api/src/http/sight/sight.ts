import { audiences, sights, type Caller } from '@cinch/api-contract';
import { sensitivities, type AttributeId, type Model, type Sensitivity } from '@cinch/canonical-model';

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

function isAmong(callers: readonly Caller[], caller: Caller): boolean {
  return callers.includes(caller);
}
