import { type Graph, GraphRefusal } from '../../channels/whatsapp/cloud/makeGraph.ts';
import { templates } from '../../channels/whatsapp/templates.ts';
import type { SendWatch } from '../telegram/virtualApi.ts';
import type { Faults, NetworkFate } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { makeCall, networkError } from './makeCall.ts';
import type { VirtualWhatsapp } from './virtualWhatsapp.ts';
import type { OnItsWay } from './watched.ts';

/** One process's connection to the Cloud API, with Meta's own codes: the channel in front of it is the product's. */
export function makeVirtualGraph(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  whatsapp: VirtualWhatsapp;
  watch: SendWatch;
  of: (address: string) => OnItsWay;
}): Graph {
  const { time, life, whatsapp } = deps;
  const call = makeCall({ ...deps, point: 'whatsapp.send', errorOf });
  const told = <T>(answer: T) =>
    new Promise<T>((resolve) => time.after(80, () => life.deliver(() => resolve(answer))));
  return {
    send: (message) => {
      const { to, ...content } = message as { to: string };
      const address = `+${to}`;
      return call(address, 'messages', () => whatsapp.accept(to, content, deps.of(address)));
    },
    download: () => told(new Uint8Array([1])),
    upload: (_bytes, _type, name) => told(`media-${name}`),
    number: () => told('79990000000'),
    templates: () =>
      told(
        templates.flatMap(({ name }) =>
          ['ru', 'en'].map((language) => ({ name, language, status: 'APPROVED' })),
        ),
      ),
  };
}

function errorOf(fate: NetworkFate): { error: Error; retryAfter?: number } {
  if (fate.kind === 'unavailable') return { error: new GraphRefusal(500, 131000, 'Something went wrong') };
  if (fate.kind === 'refused') return { error: networkError('ECONNREFUSED') };
  if (fate.kind !== 'tooMany') return { error: networkError('ECONNRESET') };
  // Meta says no time: the product knows for each code how long is meant.
  if (fate.retryAfter > 20)
    return { error: new GraphRefusal(400, 80007, 'Rate limit issues'), retryAfter: 60 };
  return { error: new GraphRefusal(400, 130429, 'Rate limit hit'), retryAfter: 1 };
}
