import { expect, type Page } from '@playwright/test';

/** A clerk's change on a system's own page: find the customer by its key, type the phone, save. Answers when Save was pressed. */
export async function typePhone(page: Page, systemUrl: string, key: string, phone: string): Promise<number> {
  await page.goto(systemUrl);
  await page.getByRole('searchbox', { name: 'Search' }).fill(key);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: key }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill(phone);
  const savedAt = Date.now();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status'), `${key} takes the phone ${phone}`).toContainText('Saved');
  return savedAt;
}
