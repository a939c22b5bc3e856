import { expect, it } from 'vitest';
import { attributes, type AttributeId } from '../customer/attributes.ts';
import { displayValue } from '../customer/display-value.ts';
import { World } from './world.ts';

const [adipose, bellyfat] = [0, 1];
const shown = ['name', 'phone.primary', 'email.primary'] as const satisfies AttributeId[];

/** One customer's year, told as it happens; the page is written from what the code does, never by hand. */
class Year {
  private readonly world = new World(['adipose', 'bellyfat']);
  private readonly lines: string[] = [];

  step(when: string, what: string, act: (world: World) => void): this {
    act(this.world);
    const { attributes: golden, conflicts } = this.world.survived();
    const open = conflicts.map((conflict) => conflict.attribute);
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
      const mark = open.includes(id) ? ' (provisional, held)' : value?.rule === 'choice' ? ' (chosen)' : '';
      const cells = [
        value ? displayValue(id, value.value) + mark : '',
        ...this.world.records.map((_, index) => this.holds(index, id)),
      ];
      this.lines.push(`| ${attributes[id].label} | ${cells.join(' | ')} |`);
    }
    this.lines.push('');
    return this;
  }

  /** As the row stands in the system, in its own form. */
  private holds(index: number, id: AttributeId): string {
    const record = this.world.records[index]!;
    const { fields } = record.lens.read(record.row.data).attributes[id]!;
    const parked = this.world.fold(record).state.parked[id];
    const words = Object.values(fields).filter((value) => value !== null);
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
      (world) => world.edit(adipose!, 'phone.primary', '+12025550188', false),
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
        world.edit(adipose!, 'email.primary', 'zoe@shop.example', true);
        world.edit(bellyfat!, 'email.primary', 'Zoe.McDonald@Example.com', false);
      },
    )
    .step(
      'May',
      'The refresh hears the edit whose event was lost. Now it is a question for a person, and no e-mail is sent anywhere.',
      refreshBoth,
    )
    .step('June', 'A steward calls the customer and chooses Adipose’s value, though the other is newer.', (world) =>
      world.choose(1),
    )
    .step('July', 'The next refresh brings the choice to BellyFat.', refreshBoth)
    .step('August', 'Both systems send all their rows again, and again: nothing changes.', (world) => {
      for (let round = 0; round < 10; round += 1) world.round();
    })
    .step('September', 'A clerk types a phone in BellyFat that Adipose will not take.', (world) => {
      world.edit(bellyfat!, 'phone.primary', '+12025550166', false);
      refreshBoth(world);
    })
    .step(
      'October',
      'The refused value is not sent again. BellyFat’s clerk corrects it, and the next refresh brings it to Adipose.',
      (world) => {
        refreshBoth(world);
        world.edit(bellyfat!, 'phone.primary', '+12025550167', false);
        refreshBoth(world);
      },
    )
    .step(
      'November',
      'The customer takes the other e-mail after all: a clerk types it in BellyFat. The old choice settled what it was shown, no more.',
      (world) => {
        world.edit(bellyfat!, 'email.primary', 'Zoe@Home.example', false);
        refreshBoth(world);
      },
    )
    .page();
  await expect(page).toMatchFileSnapshot('../../../../docs/a-customers-year.md');
});
