import { DateTime } from 'luxon';
import type { Member } from '../../../flows/member.ts';
import { html, type Html } from '../html.ts';
import { besides, type Stretch } from './besides.ts';
import { kindName } from './kindName.ts';
import type { Entry } from './readEntries.ts';
import type { Say } from './say.ts';

/** Which hours are always shown; meetings outside of them widen the day. */
const usual = { from: 9, until: 19 };

/** How the week is looked at. */
interface Look {
  say: Say;
  zone: string;
  monday: DateTime;
  now: number;
  /** Whose names stand at what is everybody's; empty: none. */
  team: Member[];
  openUrl: (payload: string) => string | undefined;
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
    item: timedItem(look, entry, top, places[index] ?? { lane: 0, lanes: 1 }),
  }));
  if (today) items.push({ at: now, item: nowLine(look, top) });
  items.sort((a, b) => a.at - b.at);
  const empty = whole.length + timed.length === 0;
  return html`<section class="day${today && ' today'}" aria-labelledby="d${date}">
    <h2 id="d${date}">
      ${say('memberPage.calendar.day', { day: { at: day.plus({ hours: 12 }).toMillis(), as: 'day' } })}${today && html` <small>${say('memberPage.calendar.today')}</small>`}
    </h2>
    <ul class="whole">
      ${whole.map((entry) => html`<li class="kind ${entry.kind}">${inner(look, entry, undefined)}</li>`)}
    </ul>
    ${empty && html`<p class="none">${say('memberPage.calendar.none')}</p>`}
    <ol class="slots">
      ${items.map(({ item }) => item)}
    </ol>
  </section>`;
}

function timedItem(
  look: Look,
  entry: Timed,
  top: number,
  { lane, lanes }: { lane: number; lanes: number },
): Html {
  const { from, until } = entry.stretch;
  const style = `--from:${from - top};--for:${until - from};--lane:${lane};--lanes:${lanes}`;
  return html`<li class="kind ${entry.kind}" style="${style}">${inner(look, entry, entry.time.at)}</li>`;
}

/** What one entry says: when, what kind, who, and more where there is room. */
function inner({ say, team, openUrl }: Look, entry: Entry, at: number | undefined): Html {
  const { title, kind, detail, members, payload } = entry;
  const names = team.filter(({ _id }) => members.includes(_id)).map(({ name }) => name);
  const time = at === undefined ? '' : say('memberPage.calendar.time', { time: { at, as: 'time' } });
  const more = [kindName(say, kind), detail, names.join(', ')].filter((part) => part !== '').join(' · ');
  const url = payload === undefined ? undefined : openUrl(payload);
  const name = url === undefined ? html`<b>${title}</b>` : html`<a href="${url}"><b>${title}</b></a>`;
  return html`<div title="${[time, title, more].filter((part) => part !== '').join(' ')}">
    ${time && html`<span class="time">${time}</span> `}${name}<small>${more}</small>
  </div>`;
}

function nowLine({ say, now, zone }: Look, top: number): Html {
  const { hour, minute } = DateTime.fromMillis(now, { zone });
  const from = hour * 60 + minute - top;
  return html`<li class="now${from < 0 && ' out'}" style="--from:${from}">
    <span>${say('memberPage.calendar.nowLine', { time: { at: now, as: 'time' } })}</span>
  </li>`;
}
