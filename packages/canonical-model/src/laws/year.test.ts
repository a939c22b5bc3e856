import { expect, it } from 'vitest';
import type { AttributeId, PlainAttributeId } from '../customer/attributes.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import { shippedCast } from './cast.ts';
import { World } from './world.ts';

const [adipose, bellyfat] = [0, 1];
const shown = [
  'name',
  'phone.primary',
  'email.primary',
  'lifecycle',
  'creditLimit',
  'points',
] as const satisfies PlainAttributeId[];

/** One customer's year, told as it happens; the page is written from what the code does, never by hand. */
class Year {
  private readonly world = new World(shippedCast, ['adipose', 'bellyfat']);
  private readonly lines: string[] = [];

  step(when: string, what: string, act: (world: World) => void): this {
    act(this.world);
    const { attributes: golden, conflicts, requests } = this.world.survivedOf(this.world.records[0]!);
    const open = conflicts.map((conflict) => conflict.attribute as string);
    this.lines.push(
      `## ${when}`,
      '',
      what,
      '',
      '| | golden record | Adipose holds | BellyFat holds |',
      '|---|---|---|---|',
    );
    for (const id of shown) {
      const value = golden[id];
      const rule = value && { choice: 'chosen', pin: 'pinned' }[value.rule as string];
      const mark = open.includes(id) ? ' (provisional, held)' : rule ? ` (${rule})` : '';
      const cells = [
        value ? modelAsShipped.words(id, value.value) + mark : '',
        ...this.world.records.map((_, index) => this.holds(index, id)),
      ];
      this.lines.push(`| ${modelAsShipped.attributeOf(id).label} | ${cells.join(' | ')} |`);
    }
    this.lines.push('');
    for (const { attribute, system, owner, value, state } of requests)
      this.lines.push(
        `${state === 'open' ? 'Open' : 'Accepted'} change request: ${system} asks ${owner} to make the ${modelAsShipped.attributeOf(attribute).label.toLowerCase()} ${modelAsShipped.words(attribute, value)}.`,
        '',
      );
    return this;
  }

  /** As the row stands in the system, in its own form. */
  private holds(index: number, id: AttributeId): string {
    const record = this.world.records[index]!;
    if (!record.row) return 'deleted';
    const read = record.lens.read(record.row.data).attributes[id];
    const parked = this.world.fold(record).state.parked[id];
    const words = Object.values(read?.fields ?? {}).filter((value) => value !== null);
    return (
      words.join(' ') +
      (parked ? ` (would not take ${Object.values(JSON.parse(parked.sent) as object).join(' ')})` : '')
    );
  }

  page(): string {
    const title = '# One customer’s year';
    const about = `What the hub does with one customer that both systems keep, step by step. This page is written by a test from the real code
(\`packages/canonical-model/src/laws/year.test.ts\`), so it cannot go stale; the rules behind each step are in [facts.md](facts.md).`;
    return [title, '', about, '', ...this.lines].join('\n').trimEnd() + '\n';
  }
}

function arriveAll(world: World): void {
  for (let left = 0; left < 40; left += 1) world.arrive(0, false);
}

const refreshBoth = (world: World) => void world.settle();

it('one customer’s year, as docs/a-customers-year.md tells it', async () => {
  const page = new Year()
    .step(
      'January',
      'Both systems send their row. Adipose writes names in capitals, with an initial; its copy supports the whole name and is no rival of it.',
      () => {},
    )
    .step(
      'February',
      'A clerk changes the phone in Adipose. The event is still on its way, so the hub does not know yet.',
      (world) => world.edit(adipose!, 'phone.primary', '+12025550188', 'whole'),
    )
    .step(
      'March',
      'A refresh of both hears it first. Nobody changed the phone elsewhere, so it is an update, and BellyFat gets it. The event arrives only now, and is no news any more.',
      (world) => {
        refreshBoth(world);
        world.arrive(0, false);
      },
    )
    .step(
      'April',
      'The e-mail is changed in both systems, each without knowing of the other, and one event is lost.',
      (world) => {
        world.edit(adipose!, 'email.primary', 'zoe@shop.example', 'lost');
        world.edit(bellyfat!, 'email.primary', 'Zoe.McDonald@Example.com', 'whole');
      },
    )
    .step(
      'May',
      'The refresh hears the edit whose event was lost. Now it is a question for a person, and no e-mail is sent anywhere.',
      refreshBoth,
    )
    .step('June', 'A steward calls the customer and chooses Adipose’s value, though the other is newer.', (world) =>
      world.desk.choose(world.survivedOf(world.records[0]!).conflicts[0]!, 1),
    )
    .step('July', 'The next refresh brings the choice to BellyFat.', refreshBoth)
    .step('August', 'Both systems send all their rows again, and again: nothing changes.', (world) => {
      for (let round = 0; round < 10; round += 1) world.round();
    })
    .step('September', 'A clerk types a phone in BellyFat that Adipose will not take.', (world) => {
      world.edit(bellyfat!, 'phone.primary', '+12025550166', 'whole');
      refreshBoth(world);
    })
    .step(
      'October',
      'The refused value is not sent again. BellyFat’s clerk corrects it, and the next refresh brings it to Adipose.',
      (world) => {
        refreshBoth(world);
        world.edit(bellyfat!, 'phone.primary', '+12025550167', 'whole');
        refreshBoth(world);
      },
    )
    .step(
      'October, later',
      'The customer takes the other e-mail after all: a clerk types it in BellyFat. The old choice settled what it was shown, no more.',
      (world) => {
        world.edit(bellyfat!, 'email.primary', 'Zoe@Home.example', 'whole');
        refreshBoth(world);
      },
    )
    .step(
      'November, a purchase',
      'Adipose books a purchase. Its event carries only what was added, arrives twice, and counts once.',
      (world) => {
        world.grow(adipose!, 40, false);
        world.arrive(0, true);
        arriveAll(world);
      },
    )
    .step(
      'November, a limit',
      'A clerk raises the credit limit in BellyFat. Adipose owns it, so this is a request and no value; BellyFat keeps what was typed meanwhile.',
      (world) => {
        world.edit(bellyfat!, 'creditLimit', { amount: '4000.00', currency: 'USD' }, 'whole');
        refreshBoth(world);
      },
    )
    .step(
      'November, an answer',
      'A steward accepts it for the Adipose account. It is delivered there, and its receipt makes it Adipose’s own word.',
      (world) => {
        const [request] = world.survivedOf(world.records[0]!).requests;
        world.desk.answer(request!, world.records[adipose!]!.recordId);
        refreshBoth(world);
      },
    )
    .step(
      'December, a restore',
      'Adipose loses its disk and is set back to a backup from before the limit was raised. What it said since still counts: the next refresh brings it back.',
      (world) => {
        world.setBack(adipose!, 12);
        refreshBoth(world);
      },
    )
    .step(
      'December, a death',
      'BellyFat learns that the customer has died. Adipose knows only active and inactive: it becomes inactive, and that is no rival of *deceased*.',
      (world) => {
        world.edit(bellyfat!, 'lifecycle', 'deceased', 'whole');
        refreshBoth(world);
        for (let round = 0; round < 3; round += 1) world.round();
      },
    )
    .step(
      'December, a delete',
      'Adipose deletes the account. What it alone said of the points is gone with it; the values that it had supplied stay, for BellyFat holds them. It is not made again.',
      (world) => {
        world.remove(adipose!, false);
        arriveAll(world);
        refreshBoth(world);
      },
    )
    .page();
  await expect(page).toMatchFileSnapshot('../../../../docs/a-customers-year.md');
});
