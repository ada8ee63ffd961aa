import { z } from 'zod';

/** How long a call may take, in milliseconds; a held poll has its own. */
const patience = 30_000;

/** Updates the product asks for. */
const maxUpdates = [
  'message_created',
  'message_edited',
  'message_callback',
  'bot_started',
  'bot_stopped',
] as const;

/** A refusal in MAX's own words. */
export class MaxRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** What a message consists of. Source: `max-messenger/max-bot-api-client-ts`, `modules/messages/types.ts`. */
export interface MaxBody {
  text?: string;
  format?: 'html';
  notify?: boolean;
  attachments?: object[];
}

/** The calls of MAX's bot API that are needed. Each throws `MaxRefusal`, or what `fetch` throws. */
export interface MaxApi {
  me(): Promise<{ user_id: number; username?: string | null }>;
  /** @returns the message's id (mid) */
  send(user: string, body: MaxBody): Promise<string>;
  edit(mid: string, body: MaxBody): Promise<void>;
  /** A word that passes, over the person's screen. */
  answer(callback: string, notification: string): Promise<void>;
  /** @returns what goes into an attachment's payload */
  upload(type: 'image' | 'audio' | 'file', bytes: Uint8Array, name: string): Promise<object>;
  download(url: string): Promise<Uint8Array>;
  updates(
    marker: number | undefined,
    signal: AbortSignal,
  ): Promise<{ updates: unknown[]; marker: number | null }>;
  subscribe(url: string, secret: string): Promise<void>;
  /** No webhook any more: polling works only without one. */
  unsubscribe(): Promise<void>;
}

const refusal = z.looseObject({ code: z.string(), message: z.string() });
const sent = z.looseObject({ message: z.looseObject({ body: z.looseObject({ mid: z.string() }) }) });
const meShape = z.looseObject({ user_id: z.number(), username: z.string().nullish() });
const uploadShape = z.looseObject({ url: z.string(), token: z.string().optional() });
const updatesShape = z.looseObject({ updates: z.array(z.unknown()), marker: z.number().nullish() });
const listShape = z.looseObject({ subscriptions: z.array(z.looseObject({ url: z.string() })) });

/** @param root `https://platform-api2.max.ru` */
export function makeMaxApi({ root, token }: { root: string; token: string }): MaxApi {
  const call = async (
    method: string,
    path: string,
    query: Record<string, string | number | undefined> = {},
    body?: object,
    signal = AbortSignal.timeout(patience),
  ): Promise<unknown> => {
    const url = new URL(`${root}/${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method,
      headers: { authorization: token, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal,
    });
    if (answer.ok) return answer.json();
    const parsed = refusal.safeParse(await answer.json().catch(() => undefined));
    const { code, message } = parsed.success ? parsed.data : { code: 'unknown', message: answer.statusText };
    throw new MaxRefusal(answer.status, code, message);
  };

  return {
    me: async () => meShape.parse(await call('GET', 'me')),
    send: async (user, body) =>
      sent.parse(await call('POST', 'messages', { user_id: user }, body)).message.body.mid,
    edit: async (mid, body) => void (await call('PUT', 'messages', { message_id: mid }, body)),
    answer: async (callback, notification) =>
      void (await call('POST', 'answers', { callback_id: callback }, { notification })),
    upload: async (type, bytes, name) => {
      const { url, token: given } = uploadShape.parse(await call('POST', 'uploads', { type }));
      const form = new FormData();
      form.append('data', new Blob([new Uint8Array(bytes)]), name);
      const answer = await fetch(url, { method: 'POST', body: form, signal: AbortSignal.timeout(patience) });
      if (!answer.ok) throw new MaxRefusal(answer.status, 'upload', answer.statusText);
      // Audio and video have their token beforehand; the others get it with the upload.
      if (given !== undefined) return { token: given };
      return z.looseObject({}).parse(await answer.json());
    },
    download: async (url) => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(patience) });
      if (!answer.ok) throw new MaxRefusal(answer.status, 'download', answer.statusText);
      return new Uint8Array(await answer.arrayBuffer());
    },
    updates: async (marker, signal) => {
      const query = { timeout: 30, limit: 100, marker, types: maxUpdates.join(',') };
      const parsed = updatesShape.parse(await call('GET', 'updates', query, undefined, signal));
      return { updates: parsed.updates, marker: parsed.marker ?? null };
    },
    subscribe: async (url, secret) =>
      void (await call('POST', 'subscriptions', {}, { url, secret, update_types: [...maxUpdates] })),
    unsubscribe: async () => {
      const { subscriptions } = listShape.parse(await call('GET', 'subscriptions'));
      for (const { url } of subscriptions) await call('DELETE', 'subscriptions', { url });
    },
  };
}
