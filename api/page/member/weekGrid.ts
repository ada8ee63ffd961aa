import { DateTime } from 'luxon';
import { html, type Html } from '../html.ts';
import { besides, type Stretch } from './besides.ts';
import { entryItem, type EntryLook, type Place } from './entryItem.ts';
import type { Entry } from './readEntries.ts';

/** Which hours are always shown; meetings outside of them widen the day. */
const usual = { from: 9, until: 19 };

/** How the week is looked at. */
interface Look extends EntryLook {
  zone: string;
  monday: DateTime;
  now: number;
}

type Timed = Entry & { time: NonNullable<Entry['time']>; stretch: Stretch };

/** Seven days. Each is a list in order; on a wide screen its entries stand at their hours, side by side where they overlap. */
export function weekGrid(look: Look, entries: Entry[]): Html {
  const timed = entries.flatMap((entry): Timed[] =>
    entry.time ? [{ ...entry, time: entry.time, stretch: stretchOf(entry.time, look.zone) }] : [],
  );
  const from = Math.min(usual.from, ...timed.map(({ stretch }) => Math.floor(stretch.from / 60)));
  const until = Math.max(usual.until, ...timed.map(({ stretch }) => Math.ceil(stretch.until / 60)));
  const hours = Array.from(
    { length: until - from },
    (_none, index) => html`<span>${String(from + index).padStart(2, '0')}:00</span>`,
  );
  const days = Array.from({ length: 7 }, (_none, index) => {
    const day = look.monday.plus({ days: index });
    const date = day.toISODate();
    const whole = entries.filter((entry) => entry.day === date && !entry.time);
    return dayColumn(
      look,
      day,
      from * 60,
      whole,
      timed.filter((entry) => entry.day === date),
    );
  });
  return html`<div class="week" style="--hours:${until - from}">
    <div class="hours" aria-hidden="true">${hours}</div>
    ${days}
  </div>`;
}

/** By the clock on the wall: on a day of 23 or 25 hours, too, everything stands at the hour it is called. */
function stretchOf({ at, minutes }: Timed['time'], zone: string): Stretch {
  const { hour, minute } = DateTime.fromMillis(at, { zone });
  const from = hour * 60 + minute;
  return { from, until: Math.min(from + minutes, 1_440) };
}

function dayColumn(look: Look, day: DateTime, top: number, whole: Entry[], timed: Timed[]): Html {
  const { say, now, zone } = look;
  const date = day.toISODate() ?? '';
  const today = DateTime.fromMillis(now, { zone }).toISODate() === date;
  const sorted = timed.toSorted((a, b) => a.stretch.from - b.stretch.from || a.time.at - b.time.at);
  const places = besides(sorted.map(({ stretch }) => stretch));
  const items = sorted.map((entry, index) => ({
    at: entry.time.at,
    item: entryItem(look, entry, placed(entry.stretch, top, places[index])),
  }));
  if (today) items.push({ at: now, item: nowLine(look, top) });
  items.sort((a, b) => a.at - b.at);
  const empty = whole.length + timed.length === 0;
  return html`<section class="day${today && ' today'}" aria-labelledby="d${date}">
    <h2 id="d${date}">
      ${say('memberPage.calendar.day', { day: { at: day.plus({ hours: 12 }).toMillis(), as: 'day' } })}${today && html` <small>${say('memberPage.calendar.today')}</small>`}
    </h2>
    <ul class="whole">
      ${whole.map((entry) => entryItem(look, entry))}
    </ul>
    ${empty && html`<p class="none">${say('memberPage.calendar.none')}</p>`}
    <ol class="slots">
      ${items.map(({ item }) => item)}
    </ol>
  </section>`;
}

/** @param top the minute of the day that stands uppermost */
function placed({ from, until }: Stretch, top: number, lane = { lane: 0, lanes: 1 }): Place {
  return { from: from - top, until: until - top, ...lane };
}

function nowLine({ say, now, zone }: Look, top: number): Html {
  const { hour, minute } = DateTime.fromMillis(now, { zone });
  const from = hour * 60 + minute - top;
  return html`<li class="now${from < 0 && ' out'}" style="--from:${from}">
    <span>${say('memberPage.calendar.nowLine', { time: { at: now, as: 'time' } })}</span>
  </li>`;
}
