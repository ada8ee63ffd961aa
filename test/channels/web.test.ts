import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeHumanPace } from '../../channels/whatsapp/web/humanPace.ts';
import { loadLibrary } from '../../channels/whatsapp/web/loadLibrary.ts';
import { openWeb } from '../../channels/whatsapp/web/openWeb.ts';
import { webSetting } from '../../channels/whatsapp/web/webSetting.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { makeClock } from '../../runtime/clock.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { eventually } from '../support/eventually.ts';
import { handClock } from '../support/handClock.ts';
import { channelContract } from './contract.ts';
import { type Ground, type Rig, startRig } from './rig.ts';
import { WebStandIn } from './webStandIn.ts';

const atOnce = { turn: () => Promise.resolve({ typing: 0 }) };
const quietly = { log: () => undefined, pace: atOnce };

function build(standIn: WebStandIn) {
  return async (ground: Ground): Promise<Rig> => {
    const library = () => Promise.resolve(standIn.library());
    const web = openWeb({ ...ground, ...quietly, library });
    // Never started: it is not connected.
    const away = openWeb({ ...ground, ...quietly, library });
    return Promise.resolve({
      channel: web.channel,
      away: away.channel,
      handler: web.handler(ground),
      start: () => web.start(ground.receive),
      stop: web.stop,
    });
  };
}

const standIn = new WebStandIn();
channelContract({
  channel: 'whatsapp',
  addressOf: ({ phone }) => phone,
  join: async (rig, name, phone) => {
    const channels = [{ channel: 'whatsapp' as const, address: phone }];
    await rig.ground.db.candidates.insertOne({ ...newCandidate(phone, defaultPolicy, 0), channels });
    return standIn.person(name, phone);
  },
  buttons: false,
  edits: true,
  server: false,
  blocked: 'unknown',
  longest: 4000,
  build: build(standIn),
  fault: (kind) => {
    if (kind === 'drop-after') standIn.breaks = true;
    if (kind === 'duplicate-update') standIn.twice = true;
  },
  bytes: ({ url }) => Promise.resolve(standIn.files.get(url) ?? ''),
});

describe('[X-07] WhatsApp by a linked phone', () => {
  test('nobody is written to who has not written first', async () => {
    const rig = await startRig(build(new WebStandIn()));
    const reader = { lang: 'ru', zone: 'Europe/Moscow' };
    const message = { text: 'Здравствуйте', buttons: [] };
    const result = await rig.channel.send('+79169999999', message, { key: 'k', reader });
    expect(result).toEqual({ outcome: 'refused', error: 'they have not written first' });
    await rig.close();
  });

  test('the code is there for the head until it is scanned; a lost connection is made anew', async () => {
    const one = new WebStandIn();
    one.initialize = () => Promise.resolve(void one.emit('qr', 'first-code'));
    const rig = await startRig(build(one));
    const state = async () => (await rig.ground.db.settings.findOne({ _id: webSetting }))?.value;
    await eventually(state, (value) => JSON.stringify(value)?.includes('first-code') ?? false);
    const send = () =>
      rig.channel.send(
        '+79160000001',
        { text: 'x', buttons: [] },
        { key: 'k', reader: { lang: 'ru', zone: 'utc' } },
      );
    expect(await send()).toMatchObject({ outcome: 'refused' });
    one.emit('ready');
    await eventually(state, (value) => JSON.stringify(value)?.includes('ready') ?? false);
    one.emit('disconnected', 'NAVIGATION');
    await eventually(state, (value) => JSON.stringify(value)?.includes('NAVIGATION') ?? false);
    expect(one.destroyed).toBe(1);
    expect(await send()).toMatchObject({ outcome: 'notArrived' });
    await rig.close();
  });

  test('messages of groups and statuses are nobody’s', async () => {
    const one = new WebStandIn();
    const rig = await startRig(build(one));
    one.arrives('120363@g.us', 'Группа', { type: 'chat', body: 'спам' });
    one.arrives('status@broadcast', 'Статус', { type: 'chat', body: 'спам', isStatus: true });
    one.arrives('777@lid', 'Скрытый', {
      type: 'chat',
      body: 'привет',
      getContact: () => Promise.resolve({ number: '79160000077' }),
    });
    await eventually(
      () => rig.heard,
      (list) => list.length > 0,
    );
    expect(rig.heard.map(({ happened }) => happened)).toMatchObject([{ reach: { address: '+79160000077' } }]);
    await rig.close();
  });

  test('every edit of a message is news once: the second as well, and the same one twice not', async () => {
    const one = new WebStandIn();
    const rig = await startRig(build(one));
    const edits = [1, 2, 2].map((at) => ({ body: `стало ${at}`, latestEditSenderTimestampMs: at }));
    const id = { _serialized: 'false_79160000001@c.us_EDITED' };
    for (const edit of edits)
      one.arrives('79160000001@c.us', 'Анна', { id, type: 'chat', ...edit }, 'message_edit');
    one.arrives('79160000001@c.us', 'Анна', { type: 'chat', body: 'после' });
    const heard = await eventually(
      () => rig.heard,
      (list) => list.some(({ happened }) => 'text' in happened && happened.text === 'после'),
    );
    const texts = heard.map(({ happened }) => ('text' in happened ? happened.text : ''));
    expect(texts).toEqual(['стало 1', 'стало 2', 'после']);
    // What was decided is known by this id: two edits with one would be one.
    expect(new Set(heard.map(({ id: decided }) => decided)).size).toBe(3);
    await rig.close();
  });

  test('it writes as a person would: never two within three seconds, never more than eight a minute', async () => {
    const clock = { ...handClock(), id: makeClock().id };
    const pace = makeHumanPace(clock);
    const at: number[] = [];
    for (let count = 0; count < 30; count += 1) void pace.turn(100).then(() => at.push(clock.real()));
    await clock.runTo(20 * 60_000 + 1_000_000);
    expect(at).toHaveLength(30);
    const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
    expect(new Set(gaps).size).toBeGreaterThan(10);
    for (const start of at)
      expect(at.filter((time) => time >= start && time < start + 60_000).length).toBeLessThan(9);
  });

  test('the library itself starts the packed Chromium; its page is out of reach here', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whatsapp-web-'));
    const library = await loadLibrary(folder, undefined, ['--host-resolver-rules=MAP * ~NOTFOUND']);
    const client = await library.client();
    await expect(client.initialize()).rejects.toThrow('net::ERR_NAME_NOT_RESOLVED');
    await client.destroy().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
});
