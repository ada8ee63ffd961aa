import type { Application } from './candidate.ts';
import { closedPlaces } from './closedPlaces.ts';
import type { IncomingFile } from './question.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';
import { askAgain } from './dialogs/askAgain.ts';

interface Act {
  by: string;
  text?: string;
  file?: IncomingFile;
}

/** A recruiter talks to the candidate through the bot; the bot itself is silent until the talk ends. */
export const relayCommands = {
  openRelay: (turn: Turn, application: Application, { by }: Act): Refused => {
    const { relay } = turn.state;
    if (relay && relay.until > turn.now && relay.member !== by) {
      return { code: 'relayBusy', params: { name: turn.member(relay.member)?.name ?? '—' } };
    }
    const { channels, email } = turn.state;
    // Some read letters only.
    const mail = email !== undefined && !closedPlaces(turn.state).some(({ channel }) => channel === 'email');
    if (channels.every(({ blocked }) => blocked) && !mail) return { code: 'cannotReach' };
    prolong(turn, by);
    turn.finishTasks(application, 'help', 'relay');
    turn.fact('relayOpened', application.id, by);
    return undefined;
  },
  relayMessage: (turn: Turn, application: Application, { by, text, file }: Act): Refused => {
    const { relay } = turn.state;
    if (!relay || relay.member !== by || relay.until <= turn.now)
      return { code: 'relayBusy', params: { name: '—' } };
    if (!text?.trim() && !file) return { code: 'emptyText' };
    prolong(turn, by);
    const name = turn.member(by)?.name ?? '';
    turn.say(
      file && !text ? 'candidate.relayFile' : 'candidate.relay',
      { name, text: text ?? '' },
      undefined,
      {
        application: application.id,
        ...(file && { file }),
      },
    );
    return undefined;
  },
  closeRelay: (turn: Turn, application: Application, { by }: Act): Refused => {
    const { relay } = turn.state;
    if (relay?.member !== by) return undefined;
    delete turn.state.relay;
    turn.cancel(`relay:${turn.state._id}`);
    turn.fact('relayClosed', application.id, by);
    if (turn.state.dialog) {
      turn.say('candidate.relayOver', undefined, undefined, { application: application.id });
      askAgain(turn);
    }
    return undefined;
  },
};

function prolong(turn: Turn, member: string): void {
  const until = turn.now + turn.facts.policy.relayHours * 3_600_000;
  turn.state.relay = { member, until };
  turn.schedule(`relay:${turn.state._id}`, until, { kind: 'relayEnd', application: '', until });
}
