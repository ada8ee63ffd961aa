import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Page, chromium as browserType } from 'playwright-core';
import { liveThroughADay } from './liveThroughADay.ts';

/**
 * Pictures for the README, taken of a fresh demo: `npm start` in one terminal, then
 * `npm run screenshots -- http://127.0.0.1:3000 $(npm run --silent key -- pictures admin | tail -1)`. The day that the
 * pages show is put into the demo by that key; without one, the chats are taken as they stand.
 */
const [url = 'http://127.0.0.1:3000', key] = process.argv.slice(2);
const folder = join(import.meta.dirname, '../docs/screenshots');
mkdirSync(folder, { recursive: true });
const browser = await browserType.launch({
  executablePath: await chromium.executablePath(),
  args: [...chromium.args, '--disable-background-networking', '--lang=ru'],
  headless: true,
});
const desk = { width: 1280, height: 860 };
const phone = { width: 360, height: 780 };
const page = await browser.newPage({ viewport: { width: 1440, height: 940 }, locale: 'ru' });
if (key === undefined) {
  await page.goto(url);
  await page.waitForLoadState('load');
  await page.locator('button').first().waitFor();
  await take(page, 'phones');
  await page.setViewportSize({ width: 390, height: 844 });
  await take(page, 'phone');
} else {
  const control = await liveThroughADay(url, key);
  for (const name of ['control', 'calendar']) {
    await page.goto(control.replace(/control$/, name));
    await page.setViewportSize(desk);
    await take(page, name);
    await page.setViewportSize(phone);
    await take(page, `${name}-phone`);
  }
}
await browser.close();
process.stdout.write(`${folder}\n`);

async function take(of: Page, name: string): Promise<void> {
  await of.screenshot({ path: join(folder, `${name}.png`) });
}
