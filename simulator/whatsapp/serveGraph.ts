import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { multipart } from '../http/multipart.ts';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { findFile } from '../telegram/findFile.ts';
import { saveFile } from '../telegram/saveFile.ts';
import { GraphError } from './graphError.ts';
import { parseOutgoing } from './outgoing.ts';
import { knownTemplates, languages } from './readTemplate.ts';
import { account } from './whatsapp.ts';

/** Documents of 100 MB are Meta's limit; nobody needs them here. */
const LIMIT = 25 * 1024 * 1024;

/** Answers `/graph/<version>/…`, the Graph API as far as WhatsApp needs it, with ordered faults. */
export async function serveGraph(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    if (req.headers.authorization !== `Bearer ${account.token}`)
      throw new GraphError(401, 190, 'Invalid OAuth access token');
    const [, , version = '', node = '', edge] = url.pathname.split('/');
    if (!/^v\d+\.\d+$/.test(version)) throw new GraphError(404, 2500, 'Unknown path');
    if (req.method === 'POST' && node === account.phoneId && edge === 'messages')
      return await send(sim, req, res);
    if (req.method === 'POST' && node === account.phoneId && edge === 'media')
      return await upload(sim, req, res);
    if (req.method === 'GET' && node === account.businessId && edge === 'message_templates')
      return sendJson(res, 200, { data: templates() });
    if (req.method === 'GET' && node === account.phoneId)
      return sendJson(res, 200, { display_phone_number: '+7 000 000-00-00', id: node });
    if (req.method === 'GET' && node === 'bytes') return bytes(sim, res, edge ?? '');
    if (req.method === 'GET' && edge === undefined) return media(sim, res, url, node);
    throw new GraphError(404, 100, 'Unsupported request');
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    sendJson(res, error.status, error);
  }
}

async function send(sim: Simulator, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readBody(req, LIMIT);
  const message = parseOutgoing(JSON.parse((body ?? Buffer.from('null')).toString('utf8')));
  const person = sim.whatsapp.personBy(message.to);
  const fault = sim.faults.take('messages', person?.id, 'whatsapp');
  switch (fault?.kind) {
    case '429':
      throw new GraphError(429, 130429, 'Rate limit hit');
    case '403':
      throw new GraphError(400, 131026, 'Message undeliverable');
    case 'window':
      throw new GraphError(400, 131047, 'Re-engagement message');
    case 'token':
      throw new GraphError(401, 190, 'Error validating access token: Session has expired');
    case '500':
      throw new GraphError(500, 131000, 'Something went wrong');
    case '502-html':
      res.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
      return;
    case 'drop-before':
      res.socket?.destroy();
      return;
    default:
  }
  const id = sim.whatsapp.accept(message);
  await sim.world.store.flushed();
  if (fault?.kind === 'drop-after') return void res.socket?.destroy();
  if (fault?.kind === 'slow') await sleep(fault.delay);
  const wa_id = message.to.replace('+', '');
  sendJson(res, 200, {
    messaging_product: 'whatsapp',
    contacts: [{ input: message.to, wa_id }],
    messages: [{ id }],
  });
}

async function upload(sim: Simulator, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const parts =
    multipart((await readBody(req, LIMIT)) ?? Buffer.alloc(0), req.headers['content-type'] ?? '') ?? [];
  const file = parts.find(({ name }) => name === 'file');
  if (!file?.filename) throw new GraphError(400, 100, 'The parameter file is required.');
  if (!/^(image\/(jpeg|png)|audio\/|video\/mp4|application\/|text\/plain)/.test(file.type))
    throw new GraphError(400, 131053, `Unsupported media type ${file.type}`);
  const source = { name: file.filename, type: file.type, bytes: file.bytes };
  const kind = file.type.startsWith('image/')
    ? 'photo'
    : file.type.startsWith('audio/')
      ? 'voice'
      : 'document';
  sendJson(res, 200, { id: saveFile(sim.world, kind, source).file_unique_id });
}

function media(sim: Simulator, res: ServerResponse, url: URL, id: string): void {
  const found = findFile(sim.world, 'unique', id);
  if (!found) throw new GraphError(400, 100, 'Object does not exist');
  sendJson(res, 200, { url: `${originOf(sim, url)}/graph/v0.0/bytes/${id}`, mime_type: found.type, id });
}

function bytes(sim: Simulator, res: ServerResponse, id: string): void {
  const found = findFile(sim.world, 'unique', id);
  const content = found && sim.world.store.file(found.path);
  if (!found || !content) throw new GraphError(404, 100, 'Object does not exist');
  res.writeHead(200, { 'content-type': found.type, 'content-length': content.length }).end(content);
}

function originOf(sim: Simulator, { origin }: URL): string {
  return sim.own ?? origin;
}

function templates(): object[] {
  return Object.keys(knownTemplates).flatMap((name) =>
    languages.map((language) => ({ name, language, status: 'APPROVED' })),
  );
}
