import type { Json } from '@cinch/canonical-model';
import { systemCodes, type CloudEvent, type House, type SystemCode } from './house.ts';
import type { Random } from './random.ts';

/** How a system tells of a change: the row whole, the members that changed, only some of its events, or not at all. */
export type Telling = 'whole' | 'patch' | 'some' | 'lost';

interface Message {
  system: SystemCode;
  event: CloudEvent;
}

/** What is under way from the systems to the hub for one customer: messages wait, come twice, overtake each other, or are lost. */
export class Network {
  private readonly underWay: Message[] = [];

  constructor(private readonly random: Random) {}

  /** `before`: the row before the change, for a system that tells only what changed. */
  send(system: SystemCode, event: CloudEvent, telling: Telling, before: Record<string, Json> | null): void {
    if (telling === 'lost' || (telling === 'some' && this.random.chance(0.5))) return;
    const inPart = telling === 'patch' && before !== null && event.type === 'customer.changed';
    this.underWay.push({ system, event: inPart ? asPatch(event, before) : event });
  }

  /** The messages that arrive now, in no order; some will come again. */
  arriving(): Message[] {
    const arriving: Message[] = [];
    for (let left = this.underWay.length; left > 0; left -= 1) {
      if (this.random.chance(0.45)) continue;
      const index = this.random.below(this.underWay.length);
      arriving.push(this.underWay[index]!);
      if (!this.random.chance(0.15)) this.underWay.splice(index, 1);
    }
    return arriving;
  }
}

/** A JSON merge patch of what changed, as a system sends it that does not tell whole rows. */
function asPatch(event: CloudEvent, before: Record<string, Json>): CloudEvent {
  const after = event.data!;
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = members.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));
  const data = Object.fromEntries(changed.map((member) => [member, after[member] ?? null]));
  const { deliveryid: _id, deliveryversion: _version, ...rest } = event;
  return { ...rest, type: 'customer.patched', data } as CloudEvent;
}

/** The hub gets what arrives from each system in one batch, and works on it. */
export async function deliver(house: House, messages: readonly Message[]): Promise<void> {
  for (const system of systemCodes) {
    const events = messages.filter((message) => message.system === system).map((message) => message.event);
    for (let from = 0; from < events.length; from += 500) await house.push(system, events.slice(from, from + 500));
  }
  await house.drained();
}
