import { type ServerResponse } from 'node:http';
import { sendJson } from '../http/sendJson.ts';
import { type World } from '../world.ts';
import { findFile } from './findFile.ts';
import { Refusal } from './refusal.ts';

/** Answers `/file/bot<token>/<path>` with the bytes that `getFile` named. */
export function serveFile(world: World, res: ServerResponse, url: URL): void {
  const [, token = '', path = ''] = /^\/file\/bot([^/]*)\/(.+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
  if (!/^\d{1,15}:[\w-]+$/.test(token)) return sendJson(res, 401, new Refusal(401, 'Unauthorized'));
  const found = findFile(world, 'path', path);
  const bytes = found && world.store.file(found.path);
  if (!bytes) return sendJson(res, 404, new Refusal(404, 'Not Found'));
  res
    .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
    .end(bytes);
}
