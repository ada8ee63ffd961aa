import type { Application, Dialog } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { FieldId } from '../pipelines/fields.ts';
import type { Turn } from '../turn.ts';
import { clientOf } from '../clientOf.ts';
import { keepField } from '../pipelines/keepField.ts';

/** The meeting was held: both are asked how it went, and the client for their decision. */
export function askAfterMeeting(turn: Turn, application: Application): void {
  askCandidateAbout(turn, application, 'candidateFeedback', 'late.feedback');
  askClientAbout(turn, application, 'late.clientFeedback', [
    [say(application, 'clientFeedback')],
    [
      { label: { key: 'late.button.approve' }, data: `k:yes:${application.id}`, style: 'success' },
      { label: { key: 'late.button.decline' }, data: `k:no:${application.id}`, style: 'danger' },
    ],
  ]);
}

/** The client approved: both dates are asked of them. */
export function askDates(turn: Turn, application: Application): void {
  askClientAbout(turn, application, 'late.askDates', [
    [say(application, 'offerDate'), say(application, 'startDate')],
  ]);
}

/** The end of the first day: how did it go, in the eyes of both? */
export function askFirstDay(turn: Turn, application: Application): void {
  turn.addTask(application, 'firstDay');
  askCandidateAbout(turn, application, 'firstDayCandidate', 'late.firstDay');
  askClientAbout(turn, application, 'late.clientFirstDay', [[say(application, 'firstDayClient')]]);
  turn.tell(application, 'late.firstDayAsked', {}, {}, [
    [
      { ...give(application, 'works'), style: 'success' },
      { ...give(application, 'worksNot'), style: 'danger' },
    ],
  ]);
}

/** Five days before the end of probation: the client is asked how the person did, the recruiter has a task. */
export function askAssessment(turn: Turn, application: Application, end: number): void {
  turn.addTask(application, 'assessment');
  const params = { end: { at: end, as: 'date' as const } };
  askClientAbout(turn, application, 'late.clientAssessment', [[say(application, 'assessment')]], params);
  turn.tell(application, 'late.probationEnds', params);
}

/** The candidate's words, kept as a field; the recruiter reads them at once. */
export function answerFeedback(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'feedback' }>,
  answer: string,
): void {
  const application = turn.application(dialog.application ?? '');
  delete turn.state.dialog;
  if (!application) return;
  if (answer === 'skip')
    return turn.say('late.thanks', undefined, undefined, { application: application.id });
  const value = answer.trim().slice(0, 2_000);
  keepField(turn, application, dialog.field, value, 'candidate');
  const field = { key: `pipeline.field.${dialog.field}` };
  turn.say('late.thanks', undefined, undefined, { application: application.id });
  turn.tell(application, 'late.said', { field, value });
}

/** What a client put down is told to the recruiter, with the button of what may follow. */
export function clientSaid(turn: Turn, application: Application, field: FieldId): void {
  const given = application.fields?.[field];
  if (!given) return;
  const { value } = given;
  const shown =
    field === 'clientDecision'
      ? { key: `late.decision.${value === 'approved' ? 'approved' : 'refused'}` }
      : field === 'offerDate' || field === 'startDate'
        ? { at: Number(value), as: 'date' as const }
        : value;
  const outcome =
    field === 'clientDecision'
      ? value === 'approved'
        ? 'approved'
        : 'clientRefused'
      : application.fields?.offerDate && application.fields.startDate && application.stage === 'offer'
        ? 'accepted'
        : undefined;
  const buttons = outcome ? [[give(application, outcome)]] : [];
  turn.tell(
    application,
    'late.said',
    { field: { key: `pipeline.field.${field}` }, value: shown },
    {},
    buttons,
  );
}

/** The recruiter's button that gives a result of the stage. */
function give(application: Application, outcome: string): Button {
  return { label: { key: `pipeline.outcome.${outcome}` }, data: `s:outcome:${application.id}:${outcome}` };
}

function say(application: Application, field: FieldId): Button {
  return { label: { key: `late.button.${field}` }, data: `k:say:${application.id}:${field}` };
}

export function askCandidateAbout(
  turn: Turn,
  application: Application,
  field: 'candidateFeedback' | 'firstDayCandidate',
  key: string,
): void {
  const prompt = turn.ask({ kind: 'feedback', application: application.id, field });
  turn.say(
    key,
    { vacancy: turn.title(application) },
    [[{ label: { key: 'candidate.button.skip' }, data: `p:${prompt}:skip` }]],
    { prompt: false, application: application.id },
  );
}

function askClientAbout(
  turn: Turn,
  application: Application,
  key: string,
  buttons: Button[][],
  params: Record<string, { at: number; as: 'date' }> = {},
): void {
  const client = clientOf(turn, application);
  if (!client) return;
  const named = { name: turn.state.name ?? '—', vacancy: turn.title(application), ...params };
  turn.notify({ member: client }, { key, params: named, buttons }, { application: application.id });
}
