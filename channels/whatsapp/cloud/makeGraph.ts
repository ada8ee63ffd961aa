import { z } from 'zod';

/** How long a call may take, in milliseconds: after that nobody knows what came of it. */
const patience = 30_000;

/** Where the Graph API is and as whom it is spoken to. */
export interface GraphSettings {
  /** With the version, as `https://graph.facebook.com/v23.0`. */
  root: string;
  token: string;
  phoneId: string;
  /** The WhatsApp Business Account: to read the templates' approval. */
  businessId?: string;
}

/** A refusal in the Graph API's own words. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: number | undefined;

  constructor(status: number, code: number | undefined, message: string) {
    super(`${code ?? status} ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** The few calls of the WhatsApp Cloud API that are needed. Each throws `GraphRefusal`, or what `fetch` throws. */
export interface Graph {
  /** @returns the message's id (wamid) */
  send(message: object): Promise<string>;
  /** The bytes of a file somebody sent. Its address is good for five minutes, so it is asked for anew each time. */
  download(mediaId: string): Promise<Uint8Array>;
  /** @returns the media id to send it by */
  upload(bytes: Uint8Array, type: string, name: string): Promise<string>;
  /** The number itself, digits only. */
  number(): Promise<string>;
  templates(): Promise<{ name: string; language: string; status: string }[]>;
}

const errorShape = z.object({ error: z.looseObject({ code: z.number().optional(), message: z.string() }) });
const sentShape = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });
const mediaShape = z.object({ url: z.string() });
const numberShape = z.object({ display_phone_number: z.string() });
const idShape = z.object({ id: z.string() });
const templatesShape = z.object({
  data: z.array(z.object({ name: z.string(), language: z.string(), status: z.string() })),
});

export function makeGraph({ root, token, phoneId, businessId }: GraphSettings): Graph {
  const authorization = `Bearer ${token}`;

  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(patience) });
    if (answer.ok) return answer;
    const parsed = errorShape.safeParse(await answer.json().catch(() => undefined));
    const { code, message } = parsed.success
      ? parsed.data.error
      : { code: undefined, message: answer.statusText };
    throw new GraphRefusal(answer.status, code, message);
  };

  return {
    send: async (message) => {
      const answer = await ask(`${root}/${phoneId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', ...message }),
      });
      return sentShape.parse(await answer.json()).messages[0]?.id ?? '';
    },
    download: async (mediaId) => {
      const { url } = mediaShape.parse(await (await ask(`${root}/${encodeURIComponent(mediaId)}`)).json());
      return new Uint8Array(await (await ask(url)).arrayBuffer());
    },
    upload: async (bytes, type, name) => {
      const form = new FormData();
      form.append('messaging_product', 'whatsapp');
      form.append('type', type);
      form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
      const answer = await ask(`${root}/${phoneId}/media`, { method: 'POST', body: form });
      return idShape.parse(await answer.json()).id;
    },
    number: async () => {
      const answer = await ask(`${root}/${phoneId}?fields=display_phone_number`);
      return numberShape.parse(await answer.json()).display_phone_number.replace(/\D/g, '');
    },
    templates: async () => {
      if (businessId === undefined) return [];
      const url = `${root}/${businessId}/message_templates?fields=name,language,status&limit=200`;
      return templatesShape.parse(await (await ask(url)).json()).data;
    },
  };
}
