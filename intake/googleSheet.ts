import type { LinkFault } from '../runtime/imports.ts';

/** A Google table as a file; or why it is none. */
export type FetchSheet = (
  link: string,
) => Promise<{ ok: true; bytes: Uint8Array; name: string } | { ok: false; fault: LinkFault }>;

/** The largest table that is fetched, in bytes, and how long it may take, in milliseconds. */
const mostBytes = 20 * 1024 * 1024;
const patience = 30_000;
/** How often Google may send on to another of its hosts. */
const hops = 4;

/**
 * The address under which Google gives a sheet as CSV, from the link people copy.
 *
 * @example exportUrl('https://docs.google.com/spreadsheets/d/1AbC/edit#gid=7')
 */
export function exportUrl(link: string): string | undefined {
  const url = URL.canParse(link.trim()) ? new URL(link.trim()) : undefined;
  if (url?.protocol !== 'https:' || url.hostname !== 'docs.google.com' || url.port !== '') return undefined;
  const id = /^\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]{10,200})(?:\/|$)/.exec(url.pathname)?.[1];
  if (id === undefined || id === 'e') return undefined;
  const gid = /(?:^|[#&?])gid=(\d{1,20})/.exec(`${url.search}${url.hash}`)?.[1];
  return `https://docs.google.com/spreadsheets/d/${id}/export?format=csv${gid ? `&gid=${gid}` : ''}`;
}

/** Only Google's own hosts are asked, whatever an answer says: nobody can make the product look into the house. */
export function mayAsk(url: string): boolean {
  const { protocol, hostname, port, username } = new URL(url);
  const host = hostname === 'docs.google.com' || /^[\w-]+\.googleusercontent\.com$/.test(hostname);
  return protocol === 'https:' && host && port === '' && username === '';
}

/**
 * Fetches a table of Google's that is open by its link. Never tried against Google itself: what it answers is known
 * from memory.
 *
 * @param ask the way out: `fetch`, or a stand-in
 */
export function makeFetchSheet(ask: typeof fetch = fetch): FetchSheet {
  return async (link) => {
    const first = exportUrl(link);
    if (first === undefined) return { ok: false, fault: 'notGoogle' };
    const signal = AbortSignal.timeout(patience);
    try {
      let url = first;
      for (let hop = 0; hop < hops; hop += 1) {
        // A page to sign in at is elsewhere: the table is not open by its link.
        if (!mayAsk(url)) return { ok: false, fault: 'notShared' };
        const response = await ask(url, { redirect: 'manual', signal });
        const next = response.headers.get('location');
        if (response.status >= 300 && response.status < 400 && next) {
          await response.body?.cancel();
          url = new URL(next, url).href;
          continue;
        }
        return await read(response);
      }
      return { ok: false, fault: 'notReached' };
    } catch {
      return { ok: false, fault: 'notReached' };
    }
  };
}

async function read(response: Response): Promise<Awaited<ReturnType<FetchSheet>>> {
  const type = response.headers.get('content-type') ?? '';
  const closed = [401, 403, 404].includes(response.status) || type.startsWith('text/html');
  if (closed || !response.ok || !response.body) {
    await response.body?.cancel();
    return { ok: false, fault: closed ? 'notShared' : 'notReached' };
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > mostBytes) return { ok: false, fault: 'notReached' };
    parts.push(part);
  }
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { ok: true, bytes: Buffer.concat(parts), name: named ? decoded(named) : 'google.csv' };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return 'google.csv';
  }
}
