import type { Application, Candidate } from './candidate.ts';
import { samePlain } from './samePlain.ts';
import type { Turn } from './turn.ts';

/**
 * Whatever changes what a card shows draws it again where it is open, so that a recruiter sees the candidate's answer
 * without asking. Whoever pressed a button of it has it drawn by that press.
 */
export function refreshCards(turn: Turn, before: Candidate): void {
  const { event } = turn;
  // Who they are stands on every card of theirs, and whether a joining can be taken back.
  const joins = event.type === 'absorbed' || event.type === 'parting' || event.type === 'parted';
  const whole =
    joins || before.name !== turn.state.name || (before.join !== undefined && turn.state.join === undefined);
  for (const application of turn.state.applications) {
    const was = before.applications.find(({ id }) => id === application.id);
    // Until the questions are answered nobody was sent a card, and each answer would be an edit.
    if (!was || application.stage === 'screening' || (!whole && samePlain(shown(was), shown(application))))
      continue;
    const except =
      'by' in event && event.type !== 'slotBooked' && event.type !== 'slotTaken' ? event.by : undefined;
    turn.effects.push({
      type: 'refresh',
      key: `${event.id}:card:${application.id}`,
      application: application.id,
      ...(except && { except }),
    });
  }
}

/** What a card shows of an application; its notes and files only by their number. */
function shown(application: Application): unknown[] {
  const {
    stage,
    recruiter,
    taken,
    score,
    interview,
    refusal,
    undo,
    notes,
    files,
    tasks,
    calls,
    waiting,
    offer,
    group,
    arrivals,
  } = application;
  const open = tasks.filter(({ done }) => done === undefined).map(({ id, member, due }) => [id, member, due]);
  return [
    stage,
    recruiter,
    taken,
    score,
    interview,
    refusal,
    undo,
    calls,
    notes.length,
    files.length,
    open,
    waiting,
    offer,
    group,
    arrivals?.length,
  ];
}
