import { type ServerResponse } from 'node:http';
import { z } from 'zod';
import { sendJson } from '../http/sendJson.ts';
import { type Avito, type AvitoMessage } from './avito.ts';

/** The number of the one account. */
const account = 94_235_311;
const path = new RegExp(`^/messenger/(v1|v3)/accounts/${account}/chats/([^/]+)/messages/?$`);
const written = z.strictObject({
  type: z.literal('text'),
  message: z.strictObject({ text: z.string().min(1).max(1000) }),
});

/** Is it the line in which something is written? Only such a call can be done and not heard of. */
export function isWriting(method: string, pathname: string): boolean {
  return method === 'POST' && path.test(pathname);
}

/** The account, and chats with those who responded. @returns whether the call was one of these */
export function serveChats(
  avito: Avito,
  res: ServerResponse,
  { method, pathname, body, lost }: { method: string; pathname: string; body: unknown; lost: boolean },
): boolean {
  if (method === 'GET' && pathname === '/core/v1/accounts/self') {
    sendJson(res, 200, { id: account, name: 'Agency', email: null, phone: null });
    return true;
  }
  const [, version, name = ''] = path.exec(pathname) ?? [];
  const chat = decodeURIComponent(name);
  if (version === 'v3' && method === 'GET') {
    const all = avito.written.filter((one) => one.chat === chat).toReversed();
    sendJson(res, 200, all.slice(0, 100).map(lineOf));
    return true;
  }
  if (version !== 'v1' || method !== 'POST') return false;
  const asked = written.safeParse(body);
  if (!asked.success || !avito.all.some((one) => one.chat === chat)) {
    sendJson(res, 400, { error: { code: 400, message: 'no such chat, or too long' } });
    return true;
  }
  const line = avito.write(chat, asked.data.message.text);
  if (lost) res.destroy();
  else sendJson(res, 200, lineOf(line));
  return true;
}

function lineOf({ id, text, created }: AvitoMessage): object {
  return { id, author_id: account, direction: 'out', type: 'text', content: { text }, created };
}
