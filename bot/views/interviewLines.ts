import { type CardFacts, nameOf } from './cardFacts.ts';

const hour = 3_600_000;

/** The interview: when, how, with whom, and what the candidate answered to each reminder. */
export function interviewLines(facts: CardFacts): string[] {
  const { speech, application, members } = facts;
  const { interview } = application;
  if (!interview) return [];
  return [
    speech.text('staff.card.interview', {
      when: { at: interview.start, as: 'dateTime' },
      format: { key: `staff.format.${interview.format}` },
      name: nameOf(members, interview.interviewer),
    }),
    ...confirmationLine(facts, 24),
    ...confirmationLine(facts, 3),
    ...(interview.attendance
      ? [
          speech.text('staff.card.attendance', {
            attendance: { key: `staff.attendance.${interview.attendance}` },
          }),
        ]
      : []),
  ];
}

/** What came of one reminder: silence is shown too. Nothing for a reminder that was never due. */
function confirmationLine({ speech, application, now }: CardFacts, hours: 24 | 3): string[] {
  const { interview } = application;
  if (!interview) return [];
  const [asked, confirmed] =
    hours === 24 ? [interview.asked24, interview.confirmed24] : [interview.asked3, interview.confirmed3];
  const ahead = interview.start - hours * hour > now;
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
