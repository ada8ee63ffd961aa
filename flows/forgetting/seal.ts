import type { Application, Candidate } from '../candidate.ts';
import type { Effect, Notify } from '../effect.ts';
import { fieldNames } from '../pipelines/fields.ts';
import type { Turn } from '../turn.ts';

/** What may be ordered for somebody who is being forgotten: it frees what they held, and says nothing of them. */
const bare = new Set<Effect['type']>(['release', 'cancel', 'countPlaces', 'withdraw']);

/**
 * The last word of the decision that forgets a person: of the card stays what is counted (which vacancy, which stage,
 * when), and of what was ordered nothing that names them. Every card of theirs is drawn anew, for the last time.
 */
export function seal(turn: Turn): void {
  const { event, state } = turn;
  const { forgotten } = state;
  if (forgotten?.event !== event.id || forgotten.phase !== 'erasing') return;
  const kept = turn.effects.flatMap((effect): Effect[] => {
    if (effect.type === 'notify') return nameless(turn, effect);
    return bare.has(effect.type) ? [effect] : [];
  });
  turn.effects.splice(0, turn.effects.length, ...kept);
  for (const { id } of state.applications)
    turn.effects.push({ type: 'refresh', key: `${event.id}:card:${id}`, application: id });
  turn.state = whatStays(state);
  turn.fact(forgotten.by === 'bot' ? 'keptLongEnough' : 'forgotten', undefined, forgotten.by);
}

/** Their own messages, and whatever names them, are not sent; a meeting is called off in every calendar it stands in. */
function nameless(turn: Turn, effect: Notify): Notify[] {
  const { message, application } = effect;
  if (!('member' in effect.to)) return [];
  if (message.key.startsWith('forget.')) return [effect];
  const { file } = message;
  const about = turn.application(application ?? '');
  if (file?.kind !== 'ics' || !about) return [];
  const vacancy = turn.title(about);
  const { notes: _, ...entry } = file;
  const title = { key: 'forget.calendarTitle', params: { vacancy } };
  const params = { vacancy, when: { at: file.start, as: 'dateTime' as const } };
  return [{ ...effect, message: { key: 'forget.meetingOff', params, file: { ...entry, title } } }];
}

function whatStays(state: Candidate): Candidate {
  const { _id, version, createdAt, lang, zone, decided, outbox, joined, forgotten, unpublished } = state;
  return {
    _id,
    version,
    createdAt,
    channels: [],
    lang,
    zone,
    applications: state.applications.map(counted),
    decided,
    outbox,
    ...(joined && { joined }),
    ...(forgotten && { forgotten }),
    ...(unpublished && { unpublished }),
  };
}

/** An application as it is counted: by its vacancy, source, stage and days, and what somebody was hired for. */
function counted(application: Application): Application {
  const { id, vacancy, source, createdAt, stage, stageAt, pipeline, recruiter, taken, screened } =
    application;
  const { previous, next, interviewVersion, oldHire, fields = {} } = application;
  // Dates and prices; an agency's own field may hold the number of a passport.
  const numbers = fieldNames.flatMap((field) => {
    const value = fields[field];
    return typeof value?.value === 'number' ? [[field, value] as const] : [];
  });
  return {
    id,
    vacancy,
    source,
    createdAt,
    stage,
    stageAt,
    ...(pipeline && { pipeline }),
    ...(recruiter && { recruiter }),
    ...(taken !== undefined && { taken }),
    ...(screened !== undefined && { screened }),
    ...(previous && { previous }),
    ...(next && { next }),
    ...(oldHire && { oldHire }),
    ...(numbers.length > 0 && { fields: Object.fromEntries(numbers) }),
    answers: {},
    interviewVersion,
    tasks: [],
    notes: [],
    files: [],
  };
}
