import type { Agreement, Application } from '../candidate.ts';
import { clientOf } from '../clientOf.ts';
import type { Button } from '../effect.ts';
import type { StaffCommand, WindowsHeld } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { askCandidate } from './pickWindow.ts';

type Of<T extends StaffCommand['type']> = Extract<StaffCommand, { type: T }>;

/** How many windows one proposal may hold. */
export const windowsAtMost = 6;
/** After how many rounds a human has to step in. */
const rounds = 3;
const hour = 3_600_000;

/** The recruiter proposes windows of the client's interview; the client is asked first. */
export function proposeWindows(
  turn: Turn,
  application: Application,
  { by, starts, format, notes, address }: Of<'proposeWindows'>,
): Refused {
  if (application.stage !== 'agreeing')
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const client = clientOf(turn, application);
  if (!client) return { code: 'noClient' };
  const windows = [...new Set(starts)].sort((a, b) => a - b).slice(0, windowsAtMost);
  if (windows.length === 0 || windows.some((start) => start <= turn.now)) return { code: 'slotInPast' };
  // Windows of before are free from now on: that cannot be taken back, so the client is asked at once.
  const waits = application.agreement ? undefined : turn.graceEnds();
  dropAgreement(turn, application);
  const round = (application.agreementRounds ?? 0) + 1;
  application.agreementRounds = round;
  application.agreement = {
    round,
    format,
    windows: windows.map((start) => ({ start })),
    waitsFor: 'client',
    ...(notes && { notes }),
    ...(address && { address }),
  };
  turn.fact('windowsProposed', application.id, by, { times: timesParam(application.agreement) });
  askClient(turn, application, waits);
  watch(turn, application);
  turn.tell(application, 'late.proposed', { times: timesParam(application.agreement) }, {}, [
    [
      {
        label: { key: 'late.button.clientAgrees' },
        data: `s:clientAgrees:${application.id}:${round}`,
      },
    ],
  ]);
  return undefined;
}

/** Taken back before the client was asked: as if nothing had been proposed. */
export function unpropose(turn: Turn, application: Application, rounds: number): void {
  dropAgreement(turn, application);
  if (rounds > 0) application.agreementRounds = rounds;
  else delete application.agreementRounds;
}

/** What the client was to be asked a minute later is answered or over: they are not asked any more. */
function unask(turn: Turn, { undo }: Application): void {
  if (undo?.act !== 'proposeWindows' || !undo.was) return;
  turn.withdraw(undo.was.messages);
}

/** The client ticks what suits, sends it on, or asks for another time. A recruiter may answer for them. */
export function answerWindows(
  turn: Turn,
  application: Application,
  { by, round, answer, start, starts: own = [] }: Of<'answerWindows'>,
): Refused {
  const { agreement } = application;
  const client = clientOf(turn, application);
  if (!client || agreement?.round !== round || agreement.waitsFor !== 'client')
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  unask(turn, application);
  if (answer === 'toggle') {
    const window = agreement.windows.find((one) => one.start === start);
    if (window) window.ok = !window.ok;
    askClient(turn, application);
    return undefined;
  }
  if (answer === 'other') {
    turn.fact('anotherTimeAsked', application.id, by);
    backToRecruiter(turn, application, 'late.clientOther');
    return undefined;
  }
  const ticked = agreement.windows.filter(({ ok }) => ok);
  const offered = (ticked.length > 0 ? ticked : agreement.windows).map((one) => one.start);
  const wished = answer === 'own' ? [...new Set(own)].sort((a, b) => a - b) : offered;
  const starts = wished.filter((one) => one > turn.now).slice(0, windowsAtMost);
  if (starts.length === 0) return { code: 'slotInPast' };
  agreement.windows = starts.map((one) => ({ start: one, ok: true }));
  // When the last of them has begun there is nothing to pick any more.
  agreement.until = Math.min(turn.now + turn.facts.policy.agreeHoldHours * hour, Math.max(...starts));
  turn.fact('windowsAccepted', application.id, by, { times: timesParam(agreement) });
  if (answer === 'own') turn.tell(application, 'late.clientOwn', { times: timesParam(agreement) });
  turn.effects.push({
    type: 'hold',
    key: `${turn.event.id}:${turn.id()}`,
    application: application.id,
    interviewer: client,
    starts,
    until: agreement.until,
  });
  return undefined;
}

/** Which of the accepted windows are ours for a while: the candidate picks one of them. */
export function windowsHeld(turn: Turn, { application: id, starts }: WindowsHeld): void {
  const application = turn.application(id);
  const agreement = application?.agreement;
  if (!application || !agreement || application.stage !== 'agreeing') return;
  agreement.windows = agreement.windows.filter(({ start }) => starts.includes(start));
  if (agreement.windows.length === 0) return backToRecruiter(turn, application, 'late.windowsTaken');
  agreement.waitsFor = 'candidate';
  askCandidate(turn, application);
  watch(turn, application);
  const { round, until } = agreement;
  if (until !== undefined) turn.schedule(`holdEnd:${id}`, until, { kind: 'holdEnd', application: id, round });
}

/** The candidate has not picked one for so long that the windows are the client's again. */
export function holdsEnded(turn: Turn, application: Application, round: number): void {
  const { agreement, stage } = application;
  if (stage !== 'agreeing' || agreement?.round !== round || agreement.waitsFor !== 'candidate') return;
  turn.fact('holdsEnded', application.id);
  backToRecruiter(turn, application, 'late.holdsEnded');
}

/** It did not come off this time: the holds are free, the recruiter goes on; after three rounds that is said. */
export function backToRecruiter(turn: Turn, application: Application, key: string, text = ''): void {
  const round = application.agreementRounds ?? 1;
  dropAgreement(turn, application);
  turn.addTask(application, 'agree');
  turn.tell(application, key, { text, phone: turn.state.phone ?? '—' }, {}, [
    [{ label: { key: 'pipeline.outcome.agree' }, data: `s:agree:${application.id}` }],
  ]);
  if (round >= rounds) turn.tell(application, 'late.threeRounds', { count: round });
}

/** Let the windows of an agreement go, but for the one that was taken. */
export function dropAgreement(turn: Turn, application: Application, except?: number): void {
  const { agreement } = application;
  if (!agreement) return;
  unask(turn, application);
  // Waiting for the morning, the question would come when there is nothing to pick any more.
  if (agreement.asked !== undefined) turn.withdraw([agreement.asked]);
  delete application.agreement;
  turn.cancel(`stall:${application.id}`);
  turn.cancel(`holdEnd:${application.id}`);
  if (turn.state.dialog?.kind === 'agree' && turn.state.dialog.application === application.id)
    delete turn.state.dialog;
  const client = turn.vacancy(application.vacancy)?.client;
  if (!client) return;
  for (const { start } of agreement.windows) if (start !== except) turn.release(application, client, start);
}

/** Somebody has been silent for as long as the task may last: the recruiter hears who. */
export function stalled(turn: Turn, application: Application, round: number, side: string): void {
  const { agreement } = application;
  if (agreement?.round !== round || agreement.waitsFor !== side) return;
  turn.tell(application, `late.silent.${side}`, { phone: turn.state.phone ?? '—' });
  turn.fact('agreementStalled', application.id, undefined, { side: { key: `late.side.${side}` } });
}

function watch(turn: Turn, application: Application): void {
  const { agreement } = application;
  if (!agreement) return;
  const { minutes } = turn.facts.policy.sla.agree;
  turn.schedule(`stall:${application.id}`, turn.workingTime(application.recruiter, minutes), {
    kind: 'stall',
    application: application.id,
    round: agreement.round,
    side: agreement.waitsFor,
  });
}

/** The client's windows with a tick at each that suits; drawn over the one before. */
function askClient(turn: Turn, application: Application, notBefore?: number): void {
  const { agreement } = application;
  const client = clientOf(turn, application);
  if (!agreement || !client) return;
  const { round, windows } = agreement;
  const data = (verb: string, rest = '') => `k:${verb}:${application.id}:${round}${rest}`;
  const rows = windows.map(({ start, ok }): Button[] => [
    {
      label: {
        key: ok ? 'late.button.ticked' : 'late.button.window',
        params: { when: { at: start, as: 'dateTime' } },
      },
      data: data('t', `:${(start / 60_000).toString(36)}`),
    },
  ]);
  const some = windows.some(({ ok }) => ok);
  rows.push(
    [{ label: { key: some ? 'late.button.send' : 'late.button.all' }, data: data('send'), style: 'success' }],
    [{ label: { key: 'candidate.button.anotherTime' }, data: data('other') }],
  );
  turn.notify(
    { member: client },
    {
      key: 'late.askClient',
      params: {
        name: turn.state.name ?? '—',
        vacancy: turn.title(application),
        format: { key: `candidate.formatWithin.${agreement.format}` },
      },
      buttons: rows,
    },
    {
      application: application.id,
      place: `agree:${application.id}:${round}`,
      prompt: true,
      ...(notBefore !== undefined && { notBefore }),
    },
  );
}

function timesParam({ windows }: Agreement) {
  return {
    lines: windows.map(({ start }) => ({
      key: 'late.timeLine',
      params: { when: { at: start, as: 'dateTime' as const } },
    })),
  };
}
