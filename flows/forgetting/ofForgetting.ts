import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { forgetPerson } from './forgetPerson.ts';
import { type Forgetting, isKept } from './forgotten.ts';

/** The steps of a forgetting; one that was taken already changes nothing. */
export function ofForgetting(turn: Turn, event: Forgetting): Refused {
  const { forgotten } = turn.state;
  switch (event.type) {
    case 'forgetPerson':
      if (event.version !== undefined && event.version !== turn.state.version)
        return { code: 'touchedSince' };
      return forgetPerson(turn, event.by, event.tell);
    case 'erased':
      if (forgotten?.phase !== 'erasing') return undefined;
      forgotten.phase = 'ending';
      sayDone(turn);
      return undefined;
    case 'goodbyeOrdered':
      delete forgotten?.phase;
      delete forgotten?.trace;
      return undefined;
  }
}

/** The last word, to a chat that is nobody's any more. */
function sayDone(turn: Turn): void {
  const { _id, lang, zone, forgotten } = turn.state;
  const tell = forgotten?.trace?.tell;
  if (!tell) return;
  turn.notify(
    { chat: tell, lang, zone },
    {
      // There is nothing to prove about somebody who never was anybody here.
      key: isKept(turn.state) ? 'forget.done' : 'forget.doneNothing',
      params: { number: _id, agency: { key: 'agency.name' } },
      dropKeyboard: true,
    },
    { key: `${forgotten.event}:goodbye`, prompt: true },
  );
}
