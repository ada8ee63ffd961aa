import type { Member } from '../../../flows/member.ts';
import { html, type Html } from '../html.ts';
import type { Stretch } from './besides.ts';
import type { Entry } from './readEntries.ts';
import type { Say } from './say.ts';

/** Up to so many minutes an entry has room for one line at its hour. */
const shortMinutes = 30;

/** How entries are looked at. */
export interface EntryLook {
  say: Say;
  /** Whose names stand at what is everybody's; empty: none. */
  team: Member[];
  openUrl: (payload: string) => string | undefined;
}

/** Where an entry stands in its day, in minutes from the top, and in which of how many lanes. */
export type Place = Stretch & { lane: number; lanes: number };

/** One entry: when, its kind by colour, sign and word, who, and more where there is room. @param place unset: the whole day */
export function entryItem({ say, team, openUrl }: EntryLook, entry: Entry, place?: Place): Html {
  const { title, kind, detail, members, payload } = entry;
  const names = team.filter(({ _id }) => members.includes(_id)).map(({ name }) => name);
  const time = entry.time && say('memberPage.calendar.time', { time: { at: entry.time.at, as: 'time' } });
  const said = [say(`memberPage.calendar.kind.${kind}`), detail, names.join(', ')];
  const more = said.filter((part) => part !== '').join(' · ');
  const url = payload === undefined ? undefined : openUrl(payload);
  const name = url === undefined ? html`<b>${title}</b>` : html`<a href="${url}"><b>${title}</b></a>`;
  const sign = kind === 'start' ? say('memberPage.calendar.startMark') : say(`calendar.mark.${kind}`);
  const style = place && styleOf(place);
  const room = place && [place.until - place.from <= shortMinutes && ' short', place.lanes > 1 && ' narrow'];
  return html`<li class="kind ${kind}${room}" ${style && html`style="${style}"`}>
    <div title="${time} ${title} · ${more}">
      ${time && html`<span class="time">${time}</span> `}<span aria-hidden="true">${sign}</span> ${name}
      <small>${more}</small>
    </div>
  </li>`;
}

function styleOf({ from, until, lane, lanes }: Place): string {
  return `--from:${from};--for:${until - from};--lane:${lane};--lanes:${lanes}`;
}
