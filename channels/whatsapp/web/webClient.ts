import { z } from 'zod';

/**
 * What is used of `whatsapp-web.js`: its Client, at the library's own boundary. Tests put a stand-in here; the library
 * itself drives WhatsApp's page in a browser, and no test can reach that page.
 */
export interface WebClient {
  on(event: string, listener: (...given: unknown[]) => void): unknown;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  sendMessage(chat: string, content: unknown, options?: object): Promise<unknown>;
  getChatById(chat: string): Promise<{ sendStateTyping(): Promise<unknown>; clearState(): Promise<unknown> }>;
}

/** Makes a client with its session kept in a folder, and the library's own wrapping of a file. */
export interface WebLibrary {
  client(): Promise<WebClient>;
  media(type: string, base64: string, name: string): unknown;
}

const id = z.object({ _serialized: z.string() });

/**
 * A message that came: `from` is `<digits>@c.us`, or `…@lid` when WhatsApp hides the number. When it was edited last
 * stands in milliseconds of the sender's clock.
 */
export const webMessage = z.object({
  id,
  from: z.string(),
  fromMe: z.boolean().optional(),
  type: z.string(),
  body: z.string().optional(),
  hasMedia: z.boolean().optional(),
  isForwarded: z.boolean().optional(),
  isStatus: z.boolean().optional(),
  latestEditSenderTimestampMs: z.number().optional().catch(undefined),
});

/** Whose phone is linked, once it is. */
export const webOwn = z.object({ info: z.object({ wid: z.object({ user: z.string() }) }) });

export const webSent = z.object({ id });

/** The calls of a message that give what does not stand in it. */
export interface WebMessageCalls {
  getContact?: () => Promise<{ number?: string; pushname?: string; name?: string }>;
  getQuotedMessage?: () => Promise<{ id: { _serialized: string } } | undefined>;
  hasQuotedMsg?: boolean;
  downloadMedia?: () => Promise<{ data: string; filename?: string | null } | undefined>;
}

/** The digits of a chat's id, as an address; undefined for groups, broadcasts and hidden numbers. */
export function addressOf(chat: string): string | undefined {
  const digits = /^(\d{5,20})(?::\d+)?@c\.us$/.exec(chat)?.[1];
  return digits === undefined ? undefined : `+${digits}`;
}
