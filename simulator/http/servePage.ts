import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { sendJson } from './sendJson.ts';

const FOLDER = join(import.meta.dirname, '..', 'page');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The chat page: `/` and the files under `/page/`. */
export async function servePage(req: IncomingMessage, res: ServerResponse, pathname: string): Promise<void> {
  const name = pathname === '/' ? 'index.html' : pathname.slice('/page/'.length);
  const type = TYPES[extname(name)];
  const allowed = type !== undefined && /^[\w-]+\.\w+$/.test(name) && /^(GET|HEAD)$/.test(req.method ?? '');
  const bytes = allowed ? await readFile(join(FOLDER, name)).catch(() => null) : null;
  if (!bytes) return sendJson(res, 404, { error: 'there is no such file' });
  res.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
