import type { Application, Candidate, PersonNote } from '../candidate.ts';
import { beginCalls } from '../calls/putOff.ts';
import { newApplication } from '../dialogs/startApplication.ts';
import { stopLooking } from '../lookingForWork.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
import { isBlank } from './isBlank.ts';
import type { ImportStage } from './mapping.ts';
import type { Line, Read, ReadRow } from './readRow.ts';

/** A row of a table became, or was joined to, a person. */
export interface RowImported {
  type: 'rowImported';
  by: string;
  import: string;
  /** The table's name, for the history. */
  file: string;
  /** As the program shows it, from 1. */
  number: number;
  /** The same for a row with the same words under the same headings, in whatever table. */
  key: string;
  row: ReadRow;
  deal?: {
    vacancy: string;
    stage: ImportStage;
    recruiter?: string;
    /** How much later than by the policy its task is due, in minutes of working time: a table must be no avalanche. */
    later: number;
  };
  /** Others who share a number or a mailbox and are called differently. */
  alike: string[];
}

const personal = ['name', 'phone', 'email', 'username', 'city', 'birthday'] as const;
export type Filled = (typeof personal)[number];

/**
 * What a table says of a person is kept, and nobody is written to: blanks are filled, an application is added where
 * there was none on that vacancy, and all else stands in a note. What is known here is never overwritten.
 */
export function rowImported(turn: Turn, event: RowImported): void {
  const { state } = turn;
  const { row, key, file, number, alike } = event;
  if (state.notes?.some(({ from }) => from?.key === key)) return;
  const note: Line[] = [...row.note];
  const made = isBlank(state);
  const filled = personal.filter((field) => fill(state, field, row[field], note));
  if (filled.includes('city') && row.zone) state.zone = row.zone;
  const also = addAlso(state, row);
  const application = addDeal(turn, event, note);
  const left: PersonNote = {
    at: turn.now,
    by: event.by,
    text: note.map(({ heading, value }) => `${heading}: ${value}`).join('\n'),
    from: {
      import: event.import,
      key,
      event: turn.event.id,
      file,
      number,
      ...(made && { made }),
      filled,
      ...(also.length > 0 && { also }),
      ...(application && { application: application.id }),
    },
  };
  state.notes = [...(state.notes ?? []), left];
  if (alike.length > 0) state.duplicates = [...new Set([...(state.duplicates ?? []), ...alike])];
  turn.fact('imported', application?.id, event.by, { file, number });
}

/** @returns whether it was blank before; what says something else than we know goes into the note */
function fill(state: Candidate, field: Filled, read: Read | undefined, note: Line[]): boolean {
  if (!read) return false;
  if (state[field] === undefined) {
    state[field] = read.value;
    return true;
  }
  const same = state[field]?.toLowerCase() === read.value.toLowerCase();
  const there = note.some(({ heading, value }) => heading === read.line.heading && value === read.line.value);
  if (!same && !there) note.push(read.line);
  return false;
}

/** Numbers and a mailbox beside the ones in view: the person is found by them. @returns those that are new */
function addAlso(state: Candidate, { phones, email }: ReadRow): string[] {
  const also = state.also ?? { names: [], phones: [], emails: [] };
  const fresh = (list: string[], known: (string | undefined)[]) =>
    [...new Set(list)].filter((one) => !known.includes(one));
  const numbers = fresh(phones, [state.phone, ...also.phones]);
  const mailboxes = fresh(email ? [email.value] : [], [state.email, ...also.emails]);
  if (numbers.length + mailboxes.length === 0) return [];
  state.also = {
    ...also,
    phones: [...also.phones, ...numbers],
    emails: [...also.emails, ...mailboxes],
  };
  return [...numbers, ...mailboxes];
}

/** The words of the table that an application would have held: into the note, when there is none to hold them. */
function keepWords({ vacancy, stage, source, recruiter, appliedAt }: ReadRow, note: Line[]): void {
  for (const read of [vacancy, stage, source, recruiter, appliedAt])
    if (read && !note.includes(read.line)) note.push(read.line);
}

function addDeal(turn: Turn, event: RowImported, note: Line[]): Application | undefined {
  const { state } = turn;
  const { row, deal } = event;
  const barred = state.blacklisted !== undefined && deal !== undefined && isOpen(deal.stage);
  const there = state.applications.some(({ vacancy }) => vacancy === deal?.vacancy);
  // Whoever is in work here is put on no black list by a table.
  const busy = row.stage?.value === 'blacklist' && state.applications.some(({ stage }) => isOpen(stage));
  if (!deal || there || barred || busy || !turn.vacancy(deal.vacancy)) {
    keepWords(row, note);
    if (!deal && !busy && row.stage?.value === 'blacklist') bar(turn, event);
    return undefined;
  }
  const application = newApplication(turn, deal.vacancy, row.source?.value ?? 'import');
  const { stage } = deal;
  application.createdAt = row.appliedAt?.value ?? turn.now;
  application.stage = stage;
  // How long somebody has been waiting is counted from today; what is over was over when the table says.
  application.stageAt = isOpen(stage) ? turn.now : application.createdAt;
  const own = deal.recruiter ?? (turn.member(event.by)?.role === 'recruiter' ? event.by : undefined);
  if (own) application.recruiter = own;
  application.taken = turn.now;
  settle(turn, event, application, deal.later);
  return application;
}

/** What each stage brings with it: a task where somebody has to act, quiet ends elsewhere. */
function settle(turn: Turn, event: RowImported, application: Application, later: number): void {
  const { stage } = application;
  if (stage === 'blacklist') bar(turn, event);
  if (stage === 'hired') {
    application.oldHire = true;
    stopLooking(turn, 'hired');
  }
  if (stage === 'refused')
    application.refusal = { reason: 'other', by: event.by, at: application.stageAt, evidence: [] };
  if (!isOpen(stage)) return;
  if (stage === 'call') beginCalls(application);
  const kind = turn.spec(application).task?.kind ?? 'review';
  const task = turn.addTask(application, kind);
  const { minutes } = turn.facts.policy.sla[kind];
  if (!task) return;
  const due = turn.workingTime(task.member, minutes + later);
  const meeting = event.row.interviewAt;
  turn.moveTask(application, task, meeting ? beforeMeeting(turn, meeting.value, due) : due);
  if (!meeting) return;
  const { heading, value } = meeting.line;
  application.notes.push({ at: turn.now, by: event.by, text: `${heading}: ${value}`, task: task.id });
}

/** A meeting that a table speaks of has to be set here while it is still to come: an hour before it at the latest. */
function beforeMeeting(turn: Turn, meeting: number, due: number): number {
  return Math.max(Math.min(due, meeting - hour), turn.now + quarter);
}

const hour = 3_600_000;
const quarter = 900_000;

function bar(turn: Turn, { by, row }: RowImported): void {
  const reason = row.note.map(({ value }) => value).join('; ') || (row.stage?.line.value ?? '—');
  turn.state.blacklisted ??= { at: turn.now, by, reason: reason.slice(0, 300) };
}
