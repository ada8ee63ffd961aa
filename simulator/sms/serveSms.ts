import { type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';

/**
 * SMS.ru at `/smsru/sms/…` and SMSC at `/smsc/sys/…`, as their documents have them: fields in the body, an answer of
 * 200 whatever happened, and errors of single numbers inside an OK.
 */
export async function serveSms(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  const body = await readBody(req, 100_000);
  const fields = new URLSearchParams([...url.searchParams, ...new URLSearchParams(String(body ?? ''))]);
  if (url.pathname === '/smsru/sms/send') return sendRu(sim, res, fields);
  if (url.pathname === '/smsru/sms/status')
    return sendJson(res, 200, statusRu(sim, fields.get('sms_id') ?? ''));
  if (url.pathname === '/smsru/callback/add') return addCallback(sim, res, fields);
  if (url.pathname === '/smsc/sys/send.php') return sendSmsc(sim, res, fields);
  if (url.pathname === '/smsc/sys/status.php')
    return sendJson(res, 200, statusSmsc(sim, fields.get('id') ?? ''));
  sendJson(res, 404, { error: 'neither gateway has that' });
}

function sendRu({ sms, world }: Simulator, res: ServerResponse, fields: URLSearchParams): void {
  if (!fields.get('api_id'))
    return sendJson(res, 200, { status: 'ERROR', status_code: 200, status_text: 'api_id' });
  const [to] = [...fields].flatMap(([name, text]) => {
    const phone = /^to\[(\d+)\]$/.exec(name)?.[1];
    return phone ? [{ phone, text }] : [];
  });
  if (!to) return sendJson(res, 200, { status: 'ERROR', status_code: 202, status_text: 'no recipient' });
  const { phone, text } = to;
  if (sms.take(phone, 'html')) return html(res);
  if (sms.take(phone, 'no-money'))
    return sendJson(res, 200, { status: 'ERROR', status_code: 201, status_text: 'no money' });
  if (sms.take(phone, 'trouble'))
    return sendJson(res, 200, { status: 'ERROR', status_code: 500, status_text: 'trouble, ask again' });
  if (sms.take(phone, 'too-fast'))
    return sendJson(res, 200, { status: 'ERROR', status_code: 220, status_text: 'a little later, please' });
  if (sms.take(phone, 'nobody'))
    return sendJson(res, 200, {
      status: 'OK',
      status_code: 100,
      sms: { [phone]: { status: 'ERROR', status_code: 207, status_text: 'no route to this number' } },
      balance: 100,
    });
  const { id, cost } = sms.accept('smsru', phone, text, world.clock.iso());
  if (sms.take(phone, 'drop-after')) return void res.destroy();
  sendJson(res, 200, {
    status: 'OK',
    status_code: 100,
    sms: { [phone]: { status: 'OK', status_code: 100, sms_id: id, cost: cost.toFixed(2) } },
    balance: 100,
  });
}

/** SMS.ru is told where receipts go by a call; at SMSC that is set in the cabinet: `POST /sim/sms/callback`. */
function addCallback({ sms }: Simulator, res: ServerResponse, fields: URLSearchParams): void {
  const [key, url] = [fields.get('api_id') ?? '', fields.get('url') ?? ''];
  if (!/^https?:\/\//.test(url)) return sendJson(res, 200, { status: 'ERROR', status_code: 901 });
  sms.callbacks.smsru = { url, key };
  sendJson(res, 200, { status: 'OK', status_code: 100, callback: [url] });
}

function statusRu({ sms }: Simulator, id: string): object {
  const found = sms.all.find((one) => one.id === id);
  const code = found ? { coming: 102, delivered: 103, failed: 105 }[found.state] : -1;
  return {
    status: 'OK',
    status_code: 100,
    sms: { [id]: { status: 'OK', status_code: code, status_text: '' } },
  };
}

function sendSmsc({ sms, world }: Simulator, res: ServerResponse, fields: URLSearchParams): void {
  const [phone, text] = [fields.get('phones') ?? '', fields.get('mes') ?? ''];
  if (!fields.get('login') && !fields.get('apikey'))
    return sendJson(res, 200, { error: 'authorise error', error_code: 2 });
  if (sms.take(phone, 'html')) return html(res);
  if (sms.take(phone, 'no-money')) return sendJson(res, 200, { error: 'not enough money', error_code: 3 });
  if (sms.take(phone, 'trouble')) return html(res);
  if (sms.take(phone, 'too-fast'))
    return sendJson(res, 200, { error: 'IP is temporarily blocked', error_code: 4 });
  if (sms.take(phone, 'nobody')) return sendJson(res, 200, { error: 'cannot be delivered', error_code: 8 });
  const minute = world.clock.now() - 60_000;
  if (sms.of(phone).some((one) => one.text === text && Date.parse(one.at) > minute))
    return sendJson(res, 200, { error: 'duplicate request, wait a minute', error_code: 9 });
  const { id, cost } = sms.accept('smsc', phone, text, world.clock.iso());
  if (sms.take(phone, 'drop-after')) return void res.destroy();
  sendJson(res, 200, { id, cnt: 1, cost: String(cost), balance: '100' });
}

function statusSmsc({ sms }: Simulator, id: string): object {
  const found = sms.all.find((one) => one.id === id);
  return found
    ? { status: { coming: 0, delivered: 1, failed: 20 }[found.state], last_date: found.at }
    : { error: 'not found', error_code: 3 };
}

function html(res: ServerResponse): void {
  res.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
}
