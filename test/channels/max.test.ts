import { maxWebhook } from '../../api/maxWebhook.ts';
import { makeMaxApi } from '../../channels/max/makeMaxApi.ts';
import { maxSecret, openMax } from '../../channels/max/openMax.ts';
import { channelContract } from './contract.ts';
import type { Ground, Rig } from './rig.ts';

const token = 'simulator-max-token';

/** MAX's client against the simulator's bot API: by polling, or by a webhook with its secret. */
const build =
  (byWebhook: boolean) =>
  async (ground: Ground): Promise<Rig> => {
    const deps = {
      ...ground,
      share: undefined,
      log: () => undefined,
      unpaced: true,
      secret: maxSecret(token),
    };
    const max = openMax(makeMaxApi({ root: `${ground.simulatorUrl}/max`, token }), deps);
    const away = openMax(makeMaxApi({ root: 'http://127.0.0.1:64999/max', token }), deps);
    const router = maxWebhook({ secret: maxSecret(token), receive: ground.receive });
    // The simulator hands what it does not know on to the product that has registered: our webhook.
    const publicUrl = byWebhook ? ground.simulatorUrl : undefined;
    return Promise.resolve({
      channel: max.channel,
      away: away.channel,
      handler: max.handler(ground),
      webhook: { path: '/webhooks/max', router },
      start: () => max.start(ground.receive, publicUrl),
      stop: max.stop,
    });
  };

for (const byWebhook of [false, true])
  channelContract({
    channel: 'max',
    addressOf: ({ id }) => String(id),
    join: async (rig, name, phone) => {
      const person = await rig.sim.newPerson(name, 'ru', phone, 'max');
      await person.say('/start');
      return person;
    },
    buttons: true,
    server: true,
    edits: true,
    blocked: 'blocked',
    longest: 4000,
    build: build(byWebhook),
  });
