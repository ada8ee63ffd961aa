import type { Application, Interview } from './candidate.ts';
import { dropInterview } from './dropInterview.ts';
import { sayCancelled } from './refuse.ts';
import { alarmOf, armReminders } from './reminders.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

const minute = 60_000;
/** So shortly before a meeting nobody waits to be told that it is off, in minutes. */
const soon = 60;
/** How long beyond that the window is kept: taken back in the last moment, it is there still. */
const slack = minute;

/** What has to be known of a meeting that was called off, to bring it back as it was. */
export interface CalledOff {
  interview: Interview;
  version: number;
  /** Until when its window is kept for them. */
  until: number;
  offered?: string[];
}

/**
 * A member calls a meeting off. Everybody hears of it a minute later, and as long its window is kept: until then it
 * can be taken back. A meeting that is near, or one of a group, is off at once.
 */
export function cancelInterview(turn: Turn, application: Application, { by }: { by: string }): Refused {
  const { interview } = application;
  if (!interview) return { code: 'noInterview' };
  if (interview.attendance) return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const waits = waitsToBeTold(turn, interview);
  dropInterview(
    turn,
    application,
    by,
    waits === undefined ? undefined : { told: waits, kept: waits + slack },
  );
  if (interview.kind !== 'training') {
    application.stage = interview.kind === 'client' ? 'agreeing' : 'invited';
    application.stageAt = turn.now;
    turn.addTask(application, interview.kind === 'client' ? 'agree' : 'reschedule');
  }
  sayCancelled(turn, application, interview, waits);
  return undefined;
}

function waitsToBeTold(turn: Turn, { start, group }: Interview): number | undefined {
  const ends = turn.graceEnds();
  return group || ends === turn.now || start - ends < soon * minute ? undefined : ends;
}

/** What `undo` needs of a meeting that has just been called off; undefined when it is off for good. */
export function calledOff(
  turn: Turn,
  { interview, interviewVersion, offered }: Application,
): CalledOff | undefined {
  const told = interview && waitsToBeTold(turn, interview);
  if (!interview || told === undefined) return undefined;
  return { interview, version: interviewVersion, until: told + slack, ...(offered && { offered }) };
}

/** The meeting stands as if nothing had been: nobody has heard of anything. Its window is made firm again. */
export function bringMeetingBack(turn: Turn, application: Application, by: string, old: CalledOff): void {
  const { interviewer, start, format } = old.interview;
  application.interview = old.interview;
  // The buttons that were sent for it are good again.
  application.interviewVersion = old.version;
  if (old.offered) application.offered = old.offered;
  else delete application.offered;
  const key = `${turn.event.id}:${turn.id()}`;
  turn.effects.push({ type: 'book', key, application: application.id, interviewer, start, format, by });
  armReminders(turn, application, old.interview);
  awaitAnswer(turn, application, old.interview);
}

/** A reminder that was asked and not answered yet is waited for as before. */
function awaitAnswer(turn: Turn, application: Application, { start, reminders }: Interview): void {
  const { silenceMinutes } = turn.facts.policy.reminders;
  for (const { hours, asked, confirmed } of reminders) {
    if (asked === undefined || confirmed !== undefined) continue;
    const due = Math.max(turn.now, asked + silenceMinutes * minute);
    if (due >= start) continue;
    const timer = {
      kind: 'silence' as const,
      hours,
      application: application.id,
      version: application.interviewVersion,
    };
    turn.schedule(alarmOf('silence', hours, application.id), due, timer);
  }
}

/** Is this the window of the meeting that has just been called off, kept for them still? */
export function isKept(turn: Turn, { undo }: Application, interviewer: string, start: number): boolean {
  const called = undo?.was?.called;
  if (!called || called.until <= turn.now) return false;
  return called.interview.interviewer === interviewer && called.interview.start === start;
}

/** Brought back a moment too late, its window is somebody else's: they are told that it is off, a new time is owed. */
export function meetingLost(turn: Turn, application: Application, start: number, interviewer: string): void {
  const { interview } = application;
  if (interview?.start !== start || interview.interviewer !== interviewer) return;
  dropInterview(turn, application, 'bot');
  application.stage = interview.kind === 'client' ? 'agreeing' : 'invited';
  application.stageAt = turn.now;
  turn.addTask(application, interview.kind === 'client' ? 'agree' : 'reschedule');
  sayCancelled(turn, application, interview);
}
