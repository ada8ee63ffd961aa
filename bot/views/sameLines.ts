import type { Candidate } from '../../flows/candidate.ts';
import { isWeak, type Same } from '../findSame.ts';
import type { Speech } from '../speech.ts';
import { signsText } from './sameView.ts';

/** Who else may be this person, and which card was joined to theirs, as long as that can be taken back. */
export function sameLines(speech: Speech, { also, join }: Candidate, same: Same[]): string[] {
  const others = also ? [...also.names, ...also.phones, ...also.emails] : [];
  return [
    ...same.map((one) =>
      speech.text(isWeak(one) ? 'same.cardWeak' : 'same.card', {
        name: (one.person.name ?? '—').slice(0, 60),
        phone: one.person.phone ?? '—',
        signs: signsText(speech, one.signs),
      }),
    ),
    ...(others.length > 0 ? [speech.text('same.also', { others: others.join(', ').slice(0, 200) })] : []),
    ...(join
      ? [
          speech.text('same.joinedLine', {
            one: (join.before.name ?? '—').slice(0, 60),
            other: (join.was.name ?? '—').slice(0, 60),
            day: { at: join.at, as: 'day' },
            time: { at: join.at, as: 'time' },
          }),
        ]
      : []),
  ];
}
