import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browserType } from 'playwright-core';

/**
 * Pictures for the README, taken of a running demo: `npm start` in one terminal, then
 * `npm run screenshots -- http://127.0.0.1:3000`.
 */
const url = process.argv[2] ?? 'http://127.0.0.1:3000';
const folder = join(import.meta.dirname, '../docs/screenshots');
mkdirSync(folder, { recursive: true });
const browser = await browserType.launch({
  executablePath: await chromium.executablePath(),
  args: [...chromium.args, '--disable-background-networking'],
  headless: true,
});
const page = await browser.newPage({ viewport: { width: 1440, height: 940 }, deviceScaleFactor: 1 });
await page.goto(url);
await page.waitForLoadState('load');
await page.locator('button').first().waitFor();
await page.screenshot({ path: join(folder, 'phones.png') });
await page.setViewportSize({ width: 390, height: 844 });
await page.screenshot({ path: join(folder, 'phone.png') });
await browser.close();
process.stdout.write(`${folder}\n`);
