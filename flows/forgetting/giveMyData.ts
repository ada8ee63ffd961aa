import type { Turn } from '../turn.ts';

/** How often somebody is sent what is kept of them, in milliseconds. */
const pause = 3_600_000;

/** `/mydata`: a file with all that is kept of the person, drawn when it is sent. */
export function giveMyData(turn: Turn): void {
  const { state, now } = turn;
  if (!state.consent && state.applications.length === 0) return turn.say('mydata.nothing');
  const next = (state.gotData ?? -pause) + pause;
  if (next > now) return turn.say('mydata.soon', { when: { at: next, as: 'time' } });
  state.gotData = now;
  turn.say('mydata.here', undefined, undefined, {
    file: { channel: 'made', id: `mydata:${state._id}`, name: 'my-data.txt', kind: 'document' },
  });
  turn.fact('gotData');
}
