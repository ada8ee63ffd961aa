import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whatsappWebhook } from '../../api/whatsappWebhook.ts';
import type { Incoming } from '../../runtime/makeInbox.ts';

let server: Server;
let url = '';
const received: Incoming[] = [];

beforeAll(async () => {
  const receive = (items: Incoming[]) => Promise.resolve(void received.push(...items));
  const app = express().use(whatsappWebhook({ appSecret: 'secret', verifyToken: 'verify-me', receive }));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => server.close());

const post = (body: string, secret = 'secret', over = body) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(over).digest('hex')}`,
    },
    body,
  });
const batch = (value: object, field = 'messages') =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', time: 7, changes: [{ field, value }] }],
  });

test('[X-07] Meta’s check of the address is answered to whoever knows the word', async () => {
  const ask = (token: string) =>
    fetch(`${url}/?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158`);
  expect(await (await ask('verify-me')).text()).toBe('1158');
  expect((await ask('verify-you')).status).toBe(403);
  expect((await fetch(url)).status).toBe(403);
});

test('[X-07] a batch is taken apart: messages in their sender’s lane, receipts beside', async () => {
  const text = { id: 'wamid.1', from: '79160000001', timestamp: '1', type: 'text', text: { body: 'Привет' } };
  const status = { id: 'wamid.0', status: 'read', timestamp: '2', recipient_id: '79160000001' };
  const value = {
    contacts: [{ wa_id: '79160000001', profile: { name: 'Анна' } }],
    messages: [text],
    statuses: [status],
  };
  expect((await post(batch(value))).status).toBe(200);
  const template = { event: 'APPROVED', message_template_name: 'x', message_template_language: 'ru' };
  expect((await post(batch(template, 'message_template_status_update'))).status).toBe(200);
  expect(received.map(({ id, ...more }) => [id, 'lane' in more ? more.lane : ''])).toEqual([
    ['wa:wamid.1', 'wa:79160000001'],
    ['wa:wamid.0:read', 'wa:receipt:wamid.0'],
    ['wa:template:x:ru:APPROVED:7', 'wa:templates'],
  ]);
});

test('[X-07] a signature of other bytes or by another secret is refused, and nothing is taken', async () => {
  const before = received.length;
  const body = batch({ messages: [] });
  expect((await post(body, 'another')).status).toBe(401);
  expect((await post(body, 'secret', `${body} `)).status).toBe(401);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
  expect((await post('not json')).status).toBe(400);
  expect(received).toHaveLength(before);
});
