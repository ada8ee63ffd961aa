import { DateTime } from 'luxon';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, speech } from '../speech.ts';
import { zoneName } from '../../runtime/zoneName.ts';

/** Ready-made weeks, by the name of their button. */
export const presets: Record<string, [from: string, to: string]> = {
  nine: ['09:00', '18:00'],
  ten: ['10:00', '19:00'],
};
/** Minutes that may be kept free around an interview. */
export const buffers = [0, 20, 40];

/** When a member works and holds interviews: the week, days off, the buffer, the zone. */
export function drawHours(
  { clock, words }: { clock: Clock; words: Words },
  reader: Member,
  whose: Member,
): Rendered {
  const said = speech(words, reader);
  const { week, buffer } = whose.hours;
  const monday = DateTime.fromMillis(clock.now(), { zone: 'utc' }).startOf('week');
  const lines = [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const windows = week[String(day)] ?? [];
    const name = monday
      .plus({ days: day - 1 })
      .setLocale(reader.lang)
      .toFormat('ccc');
    const times = windows.map(([from, to]) => `${from}–${to}`).join(', ');
    return `${name}: ${times || said.plain('staff.hours.off')}`;
  });
  const off = comingOff(whose, clock.now());
  const button = (verb: string, argument = '', params?: { count?: number; day?: string }) =>
    said.button(`staff.hours.button.${verb}`, `h:${verb}:${whose._id}${argument && `:${argument}`}`, {
      params,
    });
  return {
    text: said.text(reader._id === whose._id ? 'staff.hours.own' : 'staff.hours.of', {
      name: whose.name,
      week: { lines },
      off: off.map((day) => shortDay(day)).join(', ') || '—',
      buffer,
      zone: zoneName(words, reader.lang, whose.zone),
      now: { at: clock.now(), as: 'time', zone: whose.zone },
    }),
    buttons: [
      Object.keys(presets).map((name) => button(name)),
      [button('type'), button('dayOff')],
      buffers.map((count) => {
        const one = said.button('staff.hours.button.buffer', `h:buffer:${whose._id}:${count}`, {
          params: { count },
        });
        return { ...one, label: `${count === buffer ? '✅ ' : ''}${one.label}` };
      }),
      ...inRows(
        off.slice(0, 4).map((day) => button('work', day, { day: shortDay(day) })),
        2,
      ),
      [
        button('zone'),
        ...(reader.role === 'head' ? [said.button('staff.hours.button.whose', 'h:whose')] : []),
      ],
    ],
  };
}

/** Whose hours? The head chooses. */
export async function drawWhose(
  { db, words }: { db: Database; words: Words },
  head: Member,
): Promise<Rendered> {
  const said = speech(words, head);
  const members = await db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray();
  const buttons = members.map(({ _id, name }) => ({ label: name.slice(0, 60), data: `h:show:${_id}` }));
  return { text: said.text('staff.hours.choose'), buttons: inRows(buttons, 2).slice(0, 30) };
}

function comingOff({ hours, zone }: Member, now: number): string[] {
  const today = DateTime.fromMillis(now, { zone }).toISODate() ?? '';
  return hours.off.filter((day) => day >= today).sort();
}

function shortDay(day: string): string {
  const [, month = '', date = ''] = day.split('-');
  return `${date}.${month}`;
}
