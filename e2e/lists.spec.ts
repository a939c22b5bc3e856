import { readFile } from 'node:fs/promises';
import { keyMade, mappingPublished, system as systemSchema } from '@cinch/api-contract';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, logIn } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import type { StackAddress } from './stack/throwaway-stack.ts';

const till = { code: 'old-till', name: 'Old till' };
const many = 5_000;
const mostInThePage = 200;

test('a list of thousands is walked to its end, sorted, narrowed and exported', async ({ page }) => {
  const stack = runningStack();
  await pushUnreadableLines(stack);
  await logIn(page, stack);
  const table = page.getByRole('table', { name: 'Entries' });
  const rows = table.getByRole('row');
  const rowAt = (index: number) => table.locator(`tr[aria-rowindex="${index}"]`);
  const numberIn = async (index: number) => Number(/Entry (\d+)/.exec(await rowAt(index).innerText())?.[1]);

  await test.step('it opens at once, with its first rows', async () => {
    await page.goto(`${stack.hubUrl}/errors/entries?system=${till.code}`);
    await expect(rowAt(2)).toBeVisible();
    await expect(table, 'nobody knows yet how many there are').toHaveAttribute('aria-rowcount', '-1');
    await expectAccessible(page);
  });

  await test.step('the keyboard walks it to its end, and few rows stand in the page', async () => {
    await rowAt(2).focus();
    await page.keyboard.press('ArrowDown');
    await expect(rowAt(3)).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect(rowAt(13)).toBeFocused();
    await expect(async () => {
      await page.keyboard.press('End');
      expect(await rows.count(), 'rows in the page').toBeLessThan(mostInThePage);
      await expect(page.getByText('5,000 rows in all')).toBeVisible({ timeout: 250 });
    }).toPass({ timeout: 60_000, intervals: [50] });
    await page.keyboard.press('End');
    await expect(rowAt(many + 1), 'the last row').toBeFocused();
    await expect(rowAt(many + 1)).toBeInViewport();
    await expect(table).toHaveAttribute('aria-rowcount', String(many + 1));
    expect(await rows.count(), 'rows in the page').toBeLessThan(mostInThePage);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Entry/, level: 1 })).toBeVisible();
    await page.goBack();
    await expect(rowAt(many + 1), 'Back leads to where one was').toBeInViewport();
  });

  await test.step('the wheel leads back up without a gap', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      await page.mouse.wheel(0, -20_000);
      await expect(async () => {
        const indexes = await table
          .locator('tr[data-index]')
          .evaluateAll((shown) =>
            shown
              .filter((row) => row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < innerHeight)
              .map((row) => Number(row.getAttribute('data-index'))),
          );
        expect(indexes.length, 'rows fill the view').toBeGreaterThan(3);
        expect(indexes).toEqual(indexes.map((_, place) => indexes[0]! + place));
      }).toPass({ timeout: 5_000 });
    }
  });

  await test.step('a sort and a filter hold over the whole list, and survive a reload', async () => {
    await page.reload();
    const latest = await numberIn(2);
    await table.getByRole('columnheader', { name: 'Entry' }).getByRole('link').click();
    await expect(table.getByRole('columnheader', { name: 'Entry' })).toHaveAttribute('aria-sort', 'ascending');
    await expect(async () => expect(latest - (await numberIn(2)), 'the first of all').toBe(many - 1)).toPass();
    await page.getByRole('combobox', { name: 'State' }).selectOption('open');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Record' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(rowAt(2)).toBeVisible();
    expect(latest - (await numberIn(2)), 'still the first of all').toBe(many - 1);
    await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('open');
    await expect(page.getByRole('combobox', { name: 'System' })).toHaveValue(till.code);
    await expect(table.getByRole('columnheader', { name: 'Record' }), 'a column is left out').toHaveCount(0);
  });

  await test.step('the export has every row of the filter, in its order', async () => {
    const lines = (await exported(page, 'CSV, for spreadsheets')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(many + 1);
    const numbers = lines.slice(1).map((line) => Number(line.split(',')[0]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(lines.slice(1).every((line) => line.includes(till.name))).toBe(true);
    expect((await exported(page, 'NDJSON, for programs')).trimEnd().split('\n')).toHaveLength(many);
  });

  await test.step('it works at twice the size too, and Enter opens a row', async () => {
    await page.setViewportSize({ width: 640, height: 400 });
    await rowAt(2).focus();
    await page.keyboard.press('PageDown');
    await expect(rowAt(12)).toBeInViewport();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Entry/, level: 1 })).toBeVisible();
  });
});

/** None has the key that the mapping reads, so that each stands in the error log and makes no customer. */
async function pushUnreadableLines(stack: StackAddress): Promise<void> {
  const hub = hubApi(stack);
  const document = {
    format: 1,
    system: till.code,
    key: { path: 'number' },
    kind: { constant: 'person' },
    attributes: [{ attribute: 'name', members: { family: { path: 'family' } } }],
  };
  await hub.send(systemSchema, 'POST', '/systems', till);
  await hub.send(mappingPublished, 'PUT', `/systems/${till.code}/mapping`, { document });
  const { key } = await hub.send(keyMade, 'POST', `/systems/${till.code}/keys`, { name: 'till' });
  const lines = Array.from({ length: many }, (_, place) => ({
    id: `t${place}`,
    version: 1,
    data: { family: 'Quill' },
  }));
  const answer = await hub.call(`/systems/${till.code}/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify(lines),
  });
  expect(answer.status).toBe(202);
  await drained(stack, hub);
}

async function exported(page: Page, form: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: form }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  await page.keyboard.press('Escape');
  return text;
}
