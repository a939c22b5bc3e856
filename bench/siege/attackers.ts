/** The attackers, in a process of their own: what they cost themselves is not the hub's. */
import { attacks, type Loot } from './attacks.ts';
import { Target } from './target.ts';

export interface AttackOrder {
  attack: string;
  port: number;
  loot: Loot;
}

/** What they were answered, by status; 0 is a connection that broke. */
export type AttackNews = 'under-way' | Record<number, number>;

process.once('message', (order: AttackOrder) => {
  const target = new Target(order.port);
  let isOn = true;
  const attack = attacks[order.attack]!(target, order.loot, () => isOn);
  process.send!('under-way' satisfies AttackNews);
  process.once('message', () => {
    isOn = false;
    process.send!(target.answers satisfies AttackNews, () => {
      target.close();
      process.exit(0);
    });
  });
  attack.catch((error: Error) => {
    console.error(error);
    process.exit(1);
  });
});
process.once('disconnect', () => process.exit(0));
