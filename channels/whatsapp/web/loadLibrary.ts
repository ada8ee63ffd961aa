import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { z } from 'zod';
import type { WebClient, WebLibrary } from './webClient.ts';

/** The library's classes, as far as they are used. It is loaded only where WHATSAPP_WEB=1: it brings a browser. */
const library = z.object({
  Client: z.custom<new (options: object) => WebClient>((given) => typeof given === 'function'),
  LocalAuth: z.custom<new (options: { dataPath: string }) => object>((given) => typeof given === 'function'),
  MessageMedia: z.custom<new (type: string, base64: string, name: string) => object>(
    (given) => typeof given === 'function',
  ),
});
const moduleShape = z.union([library, z.object({ default: library }).transform((given) => given.default)]);

/** Not a literal: the package is optional for whoever has no WhatsApp of this kind, and so are its types. */
const packageName = 'whatsapp-web.js';

/**
 * @param folder where the session is kept, so that the QR code is scanned once
 * @param browser a browser's path; without one the packed Chromium
 * @param more arguments for the browser
 */
export async function loadLibrary(
  folder: string,
  browser: string | undefined,
  more: string[] = [],
): Promise<WebLibrary> {
  const loaded: unknown = await import(packageName);
  const { Client, LocalAuth, MessageMedia } = moduleShape.parse(loaded);
  const { args, ...where } = await browserOptions(browser);
  const options = { ...where, args: [...args, ...more] };
  return {
    client: () =>
      Promise.resolve(
        new Client({
          authStrategy: new LocalAuth({ dataPath: join(folder, 'whatsapp-web') }),
          puppeteer: options,
        }),
      ),
    media: (type, base64, name) => new MessageMedia(type, base64, name),
  };
}

/** How the browser is started: a machine's own, or the one that came with the packages. */
async function browserOptions(
  browser: string | undefined,
): Promise<{ executablePath: string; args: string[]; headless: true }> {
  if (browser !== undefined) return { executablePath: browser, args: ['--no-sandbox'], headless: true };
  return { executablePath: await chromium.executablePath(), args: chromium.args, headless: true };
}
