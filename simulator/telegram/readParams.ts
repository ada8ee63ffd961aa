import { type IncomingMessage } from 'node:http';
import { multipart } from '../http/multipart.ts';
import { readBody } from '../http/readBody.ts';
import { Params, type Upload } from './params.ts';
import { Refusal } from './refusal.ts';

/** Bots may upload 50 MB; the rest of the request is small. */
const LIMIT = 52 * 1024 * 1024;

/** Reads a call's parameters from the query and from a JSON, urlencoded or multipart body, as Telegram does. */
export async function readParams(req: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const fields: Record<string, unknown> = Object.fromEntries(query);
  const files = new Map<string, Upload>();
  const type = req.headers['content-type'] ?? '';
  const body = await readBody(req, LIMIT);
  if (!body) throw new Refusal(413, 'Request Entity Too Large');
  if (body.length === 0) return new Params(fields);

  if (type.startsWith('application/json')) {
    Object.assign(fields, parseObject(body.toString('utf8')));
  } else if (type.startsWith('application/x-www-form-urlencoded')) {
    Object.assign(fields, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
  } else if (type.startsWith('multipart/form-data')) {
    const parts = multipart(body, type);
    if (!parts) throw Refusal.bad("can't parse multipart form data");
    for (const { name, filename, type: mime, bytes } of parts) {
      if (filename === undefined) fields[name] = bytes.toString('utf8');
      else files.set(name, { name: filename, type: mime, bytes });
    }
  }
  return new Params(fields, files);
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // falls through to the refusal
  }
  throw Refusal.bad("can't parse JSON object");
}
