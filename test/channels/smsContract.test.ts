import type { SmsSettings } from '../../channels/sms/gateway.ts';
import { openSms } from '../../channels/openSms.ts';
import { makePersonLinks } from '../../runtime/personLinks.ts';
import { channelContract, pages } from './contract.ts';
import { type Paper, readerOf } from './readerOf.ts';
import type { Ground, Rig } from './rig.ts';

/** A gateway's client against the simulator's. */
const build =
  (provider: SmsSettings['provider']) =>
  (ground: Ground): Promise<Rig> => {
    const links = makePersonLinks({ secret: 's', base: pages, clock: ground.clock });
    const by = (root: string) => {
      const sms = openSms({ provider, key: 'key', root }, { ...ground, links, log: () => undefined });
      if (!sms) throw new Error('no SMS');
      return sms;
    };
    const sms = by(`${ground.simulatorUrl}/${provider}`);
    return Promise.resolve({
      channel: sms.channel,
      away: by('http://127.0.0.1:2').channel,
      handler: () => Promise.reject(new Error('nothing comes by SMS')),
      start: () => sms.start(ground.receipts),
      stop: () => Promise.resolve(sms.stop()),
      ask: sms.ask,
    });
  };

for (const provider of ['smsru', 'smsc'] as const)
  channelContract({
    channel: 'sms',
    addressOf: ({ phone }) => phone,
    join: (rig, _name, phone) => {
      const list = async () => (await rig.simulator.call('GET', `/sim/sms/${phone}`)).body as Paper[];
      return Promise.resolve(readerOf(phone, async () => (await list()).map(({ text }) => ({ text }))));
    },
    notices: { hears: false, carries: false },
    buttons: false,
    edits: false,
    blocked: 'blocked',
    server: false,
    longest: 201,
    build: build(provider),
    fault: (kind, rig, phone) =>
      kind === 'duplicate-update' ||
      rig.simulator.call('POST', '/sim/sms/faults', { phone, kind: kind === 'block' ? 'nobody' : kind }),
  });
