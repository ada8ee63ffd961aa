import type { Application, Candidate, Stage } from '../candidate.ts';
import { type Place, traitsOf } from '../channels.ts';
import type { Param } from '../effect.ts';
import { dropInterview } from '../dropInterview.ts';
import { isService } from '../isService.ts';
import { isOpen } from '../pipelines/stages.ts';
import { stageTasks } from '../pipelines/stageTasks.ts';
import { leave } from '../refuse.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { keptFiles } from './keptFiles.ts';
import type { Trace } from './forgotten.ts';

/**
 * A person's data is to be deleted: whatever is under way with them ends, and their card says so. What the decision
 * orders and what stays of the card is made bare of them afterwards (`seal`); what stands elsewhere goes by phases.
 *
 * @param by `candidate`, `bot` after as long as data is kept, a member or the API
 * @param tell where they hear of it; unset: where they are reached best
 */
export function forgetPerson(turn: Turn, by: string, tell?: Place): Refused {
  const { state } = turn;
  if (state.forgotten) return { code: 'forgotten' };
  if (!mayForget(turn, by)) return { code: 'notAllowed' };
  if (state.merging) return { code: 'joinUnderWay' };
  const place = tell ?? (by === 'bot' ? undefined : chatOf(state));
  for (const application of state.applications) end(turn, application, by);
  delete state.dialog;
  state.forgotten = {
    at: turn.now,
    by,
    event: turn.event.id,
    ...(state.consent && { consent: state.consent }),
    phase: 'erasing',
    trace: traceOf(state, place),
  };
  return undefined;
}

/** They themselves, the head, and whoever is no person. */
function mayForget(turn: Turn, by: string): boolean {
  return by === 'candidate' || isService(by) || turn.member(by)?.role === 'head';
}

/** Somebody works there: that goes on without us, and they have their place. */
export function atWork(stage: Stage): boolean {
  return stage === 'starting' || stage === 'work';
}

function end(turn: Turn, application: Application, by: string): void {
  const { stage, interview } = application;
  if (!isOpen(stage)) return;
  tellRecruiter(turn, application);
  if (!atWork(stage)) return leave(turn, application, 'withdrawn', by, true);
  if (interview && interview.attendance === undefined) dropInterview(turn, application, by);
  application.stage = 'hired';
  application.stageAt = turn.now;
  turn.finishTasks(application, 'take', 'attendance', ...stageTasks);
}

/** Which application it was, and not who: that is what was asked for. */
function tellRecruiter(turn: Turn, application: Application): void {
  const { interview, recruiter } = application;
  const member = recruiter ?? turn.head();
  if (!member) return;
  const lines: Param[] = [
    ...(interview && interview.start > turn.now
      ? [{ key: 'forget.told.meeting', params: { when: { at: interview.start, as: 'dateTime' as const } } }]
      : []),
    ...(atWork(application.stage) ? [{ key: 'forget.told.work' }] : []),
  ];
  turn.notify(
    { member },
    {
      key: 'forget.told.ask',
      params: {
        vacancy: turn.title(application),
        stage: turn.stageName(application),
        lines: { lines },
      },
    },
    { application: application.id },
  );
}

function chatOf({ channels }: Candidate): Place | undefined {
  const open = channels.filter(({ blocked }) => !blocked);
  const found = open.find(({ channel }) => traitsOf[channel].talks) ?? open[0];
  return found && { channel: found.channel, address: found.address };
}

function traceOf(state: Candidate, tell: Place | undefined): Trace {
  const { name, phone, email, username, also, channels, parted = [], closed = [], notes = [] } = state;
  const chats = [...channels, ...parted, ...closed].map(({ channel, address }) => ({ channel, address }));
  const words = [name, phone, email, username, ...Object.values(also ?? {}).flat()];
  return {
    cards: [state._id, ...(state.joined ?? [])],
    applications: state.applications.map(({ id }) => id),
    chats,
    words: [...new Set(words)].filter((word): word is string => word !== undefined && word.trim() !== ''),
    alike: [...new Set([...(state.duplicates ?? []), ...(state.apart ?? [])])],
    files: [...new Set(keptFiles(state))],
    imports: [...new Set(notes.flatMap(({ from }) => (from ? [from.import] : [])))],
    ...(tell && { tell }),
  };
}
