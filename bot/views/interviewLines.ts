import type { Reminder } from '../../flows/candidate.ts';
import { hostOf } from '../../flows/groups/hostOf.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';

const hour = 3_600_000;

/** The interview: when, how, with whom, and what the candidate answered to each reminder. */
export function interviewLines(facts: CardFacts): string[] {
  const { speech, application, members } = facts;
  const { interview } = application;
  const before = [...pastLines(facts), ...agreementLines(facts), ...lineLines(facts), ...groupLines(facts)];
  if (!interview) return before;
  return [
    ...before,
    speech.text('staff.card.interview', {
      when: { at: interview.start, as: 'dateTime' },
      format: { key: `staff.format.${interview.format}` },
      name: nameOf(members, hostOf(interview)),
    }),
    ...interview.reminders.flatMap((reminder) => reminderLine(facts, interview.start, reminder)),
    ...(interview.attendance
      ? [
          speech.text('staff.card.attendance', {
            attendance: { key: `staff.attendance.${interview.attendance}` },
          }),
        ]
      : []),
  ];
}

/** What came of one reminder: silence is shown too. Nothing for one whose time passed without it. */
function reminderLine({ speech, now }: CardFacts, start: number, reminder: Reminder): string[] {
  const { hours, asked, confirmed } = reminder;
  const ahead = start - hours * hour > now;
  const state =
    confirmed !== undefined ? 'yes' : asked !== undefined ? 'silent' : ahead ? 'ahead' : undefined;
  if (!state) return [];
  return [
    speech.text(`staff.card.confirmation.${state}`, {
      hours,
      ...(confirmed !== undefined && { time: { at: confirmed, as: 'time' as const } }),
    }),
  ];
}

/** Interviews before this one, with who came. */
function pastLines({ speech, application }: CardFacts): string[] {
  return (application.past ?? []).slice(-2).map(({ start, attendance }) =>
    speech.text('late.card.past', {
      when: { at: start, as: 'dateTime' },
      attendance: attendance ? { key: `staff.attendance.${attendance}` } : '—',
    }),
  );
}

/** Whose answer a meeting with the client waits for. */
function agreementLines({ speech, application: { agreement } }: CardFacts): string[] {
  if (!agreement) return [];
  const side = { key: `late.side.${agreement.waitsFor}` };
  return [speech.text('late.card.agreement', { round: agreement.round, side })];
}

/** Whether they wait for a time to become free, and what is offered to them just now. */
function lineLines({ speech, application: { waiting, offer } }: CardFacts): string[] {
  return [
    ...(waiting ? [speech.text('line.card.waiting', { since: { at: waiting.since, as: 'dateTime' } })] : []),
    ...(offer
      ? [
          speech.text('line.card.offer', {
            when: { at: offer.start, as: 'dateTime' },
            until: { at: offer.until, as: 'time' },
          }),
        ]
      : []),
  ];
}

/** The group they were asked into, wait for, or are in. */
function groupLines({ speech, application, group }: CardFacts): string[] {
  const state = application.group?.state;
  if (!group || !state) return [];
  const params = {
    what: { key: `group.kind.${group.kind}` },
    when: { at: group.start, as: 'dateTime' as const },
    state: { key: `group.staff.state.${state}` },
  };
  return [speech.text('group.staff.cardLine', params)];
}
