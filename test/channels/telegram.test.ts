import { Api } from 'grammy';
import { makeUpdateHandler } from '../../channels/telegram/handleUpdate.ts';
import { makeTelegram } from '../../channels/telegram/makeTelegram.ts';
import { quickCalls } from '../../channels/telegram/quickCalls.ts';
import { poll, type Poller } from '../../channels/telegram/poll.ts';
import { channelContract } from './contract.ts';
import type { Ground, Rig } from './rig.ts';

const token = '4243:contract_of_the_channels_000000000';

/** A client as the product has it. */
function at(apiRoot: string): Api {
  const api = new Api(token, { apiRoot });
  api.config.use(quickCalls(apiRoot, token));
  return api;
}

/** grammY's client against the simulator's Bot API, by long polling. */
async function build(ground: Ground): Promise<Rig> {
  const api = at(ground.simulatorUrl);
  const away = at('http://127.0.0.1:9');
  const { id: botId } = await api.getMe();
  let poller: Poller | undefined;
  return {
    channel: makeTelegram({ ...ground, api }),
    away: makeTelegram({ ...ground, api: away }),
    handler: makeUpdateHandler({
      api,
      botId,
      reception: ground.reception,
      words: ground.words,
      reader: { members: () => Promise.resolve([]) } as never,
      staff: () => Promise.resolve(),
      group: () => Promise.resolve(),
    }),
    start: () => {
      poller = poll(api, botId, ground.receive, ground.clock, () => undefined);
      return Promise.resolve();
    },
    stop: async () => poller?.stop(),
  };
}

channelContract({
  channel: 'telegram',
  addressOf: ({ id }) => String(id),
  join: (rig, name, phone) => rig.sim.newPerson(name, 'ru', phone),
  buttons: true,
  server: true,
  edits: true,
  blocked: 'blocked',
  longest: 4096,
  build,
});
