import { mappingPublished } from '@cinch/api-contract';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, logIn, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { hubApi } from './stack/hub-api.ts';

const mark = 'Loyalty tier';

test('an admin adds an attribute together with the mapping and the scope that name it, and publishes all of them at once', async ({
  page,
}) => {
  await logIn(page, runningStack());

  await test.step('an attribute is added to the draft of the model', async () => {
    await openScreen(page, 'Canonical model');
    await page.getByText('Draft', { exact: true }).click();
    await page.getByRole('button', { name: 'Add an attribute' }).click();
    const form = page.getByRole('form', { name: 'Add an attribute' });
    await form.getByLabel('Label').fill(mark);
    await form.getByLabel('Shape').selectOption('text');
    await form.getByRole('button', { name: 'Add to the draft' }).click();
    await expectAccessible(page);
  });

  await test.step('a mapping that fills it is drafted, and waits for it', async () => {
    await openSystem(page, 'Adipose');
    await page.getByText('Mapping', { exact: true }).click();
    const field = page.getByRole('textbox', { name: /^Mapping document/ });
    const document = JSON.parse(await field.inputValue()) as { attributes: object[] };
    document.attributes.push({ attribute: 'loyaltyTier', path: 'tier' });
    await field.fill(JSON.stringify(document, null, 2));
    await page.getByRole('link', { name: 'Publish it with others' }).click();
    await expect(page.getByRole('heading', { name: 'Change sets', level: 1 })).toBeVisible();
    const drafts = page.getByRole('table', { name: 'Open drafts' });
    await expect(drafts.getByRole('link')).toHaveText(['Canonical model', 'Mapping of Adipose']);
    await expectAccessible(page);
  });

  await test.step('without the model the mapping has a mistake, with its document and its place', async () => {
    await page.getByRole('checkbox', { name: 'Canonical model is in the set' }).uncheck();
    await page.getByRole('button', { name: 'Check them and see what they would change' }).click();
    await expect(page.getByRole('table', { name: 'Mistakes' })).toContainText('There is no attribute loyaltyTier');
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Canonical model is in the set' }).check();
  });

  await test.step('a scope of another system joins them', async () => {
    await openSystem(page, 'BellyFat');
    await page.getByRole('button', { name: 'Change who' }).click();
    await page.getByLabel('Who is given a record there', { exact: true }).selectOption('own');
    await page
      .getByRole('textbox', { name: 'Who is given a record there: the rule' })
      .fill('{"not": {"attribute": "loyaltyTier", "is": "none"}}');
    await page.getByRole('button', { name: 'Keep it for a change set' }).click();
    await page.getByRole('link', { name: 'Publish it with others' }).click();
    await expect(page.getByRole('table', { name: 'Open drafts' }).getByRole('link')).toHaveCount(3);
  });

  await test.step('what somebody else published meanwhile is looked at, and the draft put on top of it', async () => {
    const hub = hubApi(runningStack());
    const { document } = await hub.answer(mappingPublished, '/systems/adipose/mapping');
    const again = await hub.send(mappingPublished, 'PUT', '/systems/adipose/mapping', { document });
    await page.getByRole('button', { name: 'Check them and see what they would change' }).click();
    const stale = page.getByRole('table', { name: 'Mistakes' }).getByRole('row').filter({ hasText: 'has published' });
    await stale.getByRole('link', { name: 'Mapping of Adipose' }).click();
    await page.getByRole('button', { name: `Put it on top of version ${again.version}` }).click();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Publish it with others' }).click();
  });

  await test.step('together they are checked, looked at, published, and stand in the list', async () => {
    await page.getByRole('button', { name: 'Check them and see what they would change' }).click();
    await expect(page.getByText(/of [\d,]+ customers would change/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Reason' }).fill('The card has tiers now');
    await page.getByRole('button', { name: 'Publish 3 documents' }).click();
    await expect(page.getByText('3 documents in force').first()).toBeVisible();
    await expect(page.getByText('No draft is open')).toBeVisible();
    const row = page.getByRole('table', { name: 'Change sets' }).getByRole('row').filter({ hasText: 'tiers now' });
    for (const text of ['Canonical model', 'Mapping of Adipose', 'Scope of BellyFat'])
      await expect(row).toContainText(text);
    await expectAccessible(page);
  });

  await test.step('what only one of them says is put back by a set, too: the scope first asks for it no more', async () => {
    await openSystem(page, 'BellyFat');
    await page.getByRole('button', { name: 'Change who' }).click();
    await page.getByLabel('Who is given a record there', { exact: true }).selectOption('everybody');
    await page.getByRole('button', { name: 'Keep it for a change set' }).click();
    await openScreen(page, 'Canonical model');
    await page.getByText('Draft', { exact: true }).click();
    await page.getByRole('button', { name: `Retire ${mark}` }).click();
    await page.getByRole('link', { name: 'Publish it with others' }).click();
    await page.getByRole('button', { name: 'Check them and see what they would change' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('No tiers after all');
    await page.getByRole('button', { name: 'Publish 2 documents' }).click();
    await expect(page.getByText('2 documents in force').first()).toBeVisible();
  });
});

async function openSystem(page: Page, name: string): Promise<void> {
  await openScreen(page, 'Systems');
  await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}
