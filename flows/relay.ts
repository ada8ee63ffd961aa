import type { Application } from './candidate.ts';
import { closedPlaces } from './closedPlaces.ts';
import { inParts } from './inParts.ts';
import type { IncomingFile } from './question.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';
import { askAgain } from './dialogs/askAgain.ts';

interface Act {
  by: string;
  text?: string;
  file?: IncomingFile;
  over?: boolean;
  mark?: number;
}

/** A recruiter talks to the candidate through the bot; the bot itself is silent until the talk ends. */
export const relayCommands = {
  openRelay: (turn: Turn, application: Application, { by, over }: Act): Refused => {
    const { relay } = turn.state;
    const other = relay && relay.until > turn.now && relay.member !== by ? relay.member : undefined;
    if (relay && other !== undefined && !over) {
      return { code: 'relayBusy', params: { name: turn.member(relay.member)?.name ?? '—' } };
    }
    const { channels, email } = turn.state;
    // Some read letters only.
    const mail = email !== undefined && !closedPlaces(turn.state).some(({ channel }) => channel === 'email');
    if (channels.every(({ blocked }) => blocked) && !mail) return { code: 'cannotReach' };
    prolong(turn, by);
    if (other !== undefined)
      turn.notify(
        { member: other },
        {
          key: 'desk.handedOver',
          params: { name: turn.member(by)?.name ?? '—', who: turn.state.name ?? '—' },
        },
        { application: application.id },
      );
    redraw(turn, application);
    turn.toDesk(application, { key: 'desk.answers', params: { name: turn.member(by)?.name ?? '—' } });
    turn.finishTasks(application, 'help', 'relay');
    turn.fact('relayOpened', application.id, by);
    return undefined;
  },
  relayMessage: (turn: Turn, application: Application, { by, text, file, mark }: Act): Refused => {
    const { relay } = turn.state;
    if (!relay || relay.member !== by || relay.until <= turn.now)
      return { code: 'relayBusy', params: { name: '—' } };
    if (!text?.trim() && !file) return { code: 'emptyText' };
    prolong(turn, by);
    const name = turn.member(by)?.name ?? '';
    const parts = inParts(text ?? '', file && 'caption');
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      const sent = { ...(last && file && { file }) };
      // What was written at the desk stands there already.
      if (mark === undefined)
        turn.toDesk(application, { key: 'desk.said', params: { name, text: part }, ...sent });
      turn.say(file && !text ? 'candidate.relayFile' : 'candidate.relay', { name, text: part }, undefined, {
        application: application.id,
        ...sent,
        ...(last && mark !== undefined && { mark }),
      });
    }
    return undefined;
  },
  closeRelay: (turn: Turn, application: Application, { by }: Act): Refused => {
    const { relay } = turn.state;
    if (relay?.member !== by) return undefined;
    delete turn.state.relay;
    turn.cancel(`relay:${turn.state._id}`);
    redraw(turn, application);
    turn.fact('relayClosed', application.id, by);
    // Who wrote /stop in the middle of it is offered nothing again.
    if (turn.state.dialog && !turn.state.stopped) {
      turn.say('candidate.relayOver', undefined, undefined, { application: application.id });
      askAgain(turn);
    }
    return undefined;
  },
};

/** Who answers stands on the card. */
function redraw(turn: Turn, { id: application }: Application): void {
  turn.effects.push({ type: 'refresh', key: `${turn.event.id}:relay:${application}`, application });
}

function prolong(turn: Turn, member: string): void {
  const until = turn.now + turn.facts.policy.relayHours * 3_600_000;
  turn.state.relay = { member, until };
  turn.schedule(`relay:${turn.state._id}`, until, { kind: 'relayEnd', application: '', until });
}
