import { type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { type Registered } from './registry.ts';

const asked = z.object({
  query: z.string().min(1).max(300),
  branch_type: z.enum(['MAIN', 'BRANCH']).optional(),
});

/** A key as DaData gives them out. */
const keyForm = /^Token [0-9a-f]{40}$/;

/**
 * DaData's `findById/party` at `/dadata/suggestions/api/4_1/rs/findById/party`: 401 without a key, 403 with one it
 * does not know or whose day is used up, 429 when it is asked too often, an empty list for an unknown number.
 */
export async function serveDadata(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname !== '/dadata/suggestions/api/4_1/rs/findById/party') return refuse(res, 404, 'Not Found');
  if (req.method !== 'POST') return refuse(res, 405, 'Method Not Allowed');
  const body = await readBody(req, 10_000);
  const key = req.headers.authorization;
  if (key === undefined) return refuse(res, 401, 'Unauthorized');
  if (!keyForm.test(key)) return refuse(res, 403, 'Forbidden');
  const query = read(body);
  if (!query) return refuse(res, 400, 'Bad Request');
  switch (sim.registry.take()) {
    case 'silent':
      return;
    case 'html':
      return void res.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
    case 'too-many':
      return refuse(res, 429, 'Too Many Requests');
    case 'no-money':
      return refuse(res, 403, 'Forbidden');
    case 'odd':
      return sendJson(res, 200, { suggestions: [{ value: null }] });
    case undefined: {
      const found = sim.registry.all.filter(({ inn, ogrn }) => [inn, ogrn].includes(query.query.trim()));
      sendJson(res, 200, { suggestions: found.map(partyOf) });
    }
  }
}

function read(body: Buffer | null): z.infer<typeof asked> | undefined {
  try {
    return asked.safeParse(JSON.parse(String(body))).data;
  } catch {
    return undefined;
  }
}

function refuse(res: ServerResponse, status: number, reason: string): void {
  sendJson(res, status, { family: 'CLIENT_ERROR', reason, message: reason });
}

function partyOf({ inn, kpp, ogrn, full, short, address, status, liquidated }: Registered): object {
  return {
    value: short,
    unrestricted_value: short,
    data: {
      inn,
      kpp,
      ogrn,
      type: inn.length === 12 ? 'INDIVIDUAL' : 'LEGAL',
      branch_type: 'MAIN',
      name: { full_with_opf: full, short_with_opf: short, latin: null },
      address: address === null ? null : { value: address, unrestricted_value: address },
      state: { status, liquidation_date: liquidated ?? null },
    },
  };
}
