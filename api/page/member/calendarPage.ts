import type { DateTime } from 'luxon';
import type { Member } from '../../../flows/member.ts';
import type { Database } from '../../../models/database.ts';
import { html, type Html } from '../html.ts';
import { type CalendarQuery, calendarQuery, mondayOf } from './calendarQuery.ts';
import { linkTo } from './linkTo.ts';
import { weekGrid } from './weekGrid.ts';
import type { DrawMemberPage } from './memberRouter.ts';
import { memberShell } from './memberShell.ts';
import { type Entry, entryKinds, readEntries } from './readEntries.ts';
import { type Say, sayTo } from './say.ts';

/** A week of meetings by kind: side by side on a desk, day after day on a phone. */
export const drawCalendarPage: DrawMemberPage = async (deps, member, given, token) => {
  const { words, clock, startUrl } = deps;
  const say = sayTo(words, member);
  const now = clock.now();
  const path = `/p/${token}/calendar`;
  const query = calendarQuery.parse(given);
  const monday = mondayOf(query, member.zone, now);
  const all = await readEntries(deps, member, say, monday);
  const team = member.role === 'head' ? await readTeam(deps.db) : [];
  // Whose they are can be asked by the head alone: others see no more than their own.
  const whose =
    team.length > 0 && query.who ? all.filter(({ members }) => members.includes(query.who ?? '')) : all;
  const shown = whose.filter(({ kind }) => query.kind === undefined || kind === query.kind);
  const openUrl = (payload: string) => (member.role === 'client' ? undefined : startUrl(member, payload));
  const body = html`${turning(say, path, query, monday)}${kinds(say, path, query, whose)}
  ${asking(say, path, query, monday, team)}
  ${weekGrid({ say, zone: member.zone, monday, now, team, openUrl }, shown)}`;
  return memberShell(deps, { member, say, page: 'calendar', token, body });
};

function readTeam(db: Pick<Database, 'members'>): Promise<Member[]> {
  return db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray();
}

/** Which week it is, and the ways to those around it. */
function turning(say: Say, path: string, query: CalendarQuery, monday: DateTime): Html {
  const to = (week: DateTime | undefined, key: string) =>
    html`<a class="button" href="${linkTo(path, { ...query, week: week?.toISODate() ?? undefined })}"
      >${say(`memberPage.calendar.${key}`)}</a
    >`;
  const range = say('memberPage.calendar.range', {
    from: { at: monday.toMillis(), as: 'date' },
    to: { at: monday.plus({ days: 6, hours: 12 }).toMillis(), as: 'date' },
  });
  return html`<nav class="turning" aria-label="${say('memberPage.calendar.weeks')}">
    ${to(monday.minus({ weeks: 1 }), 'before')}${to(undefined, 'now')}${to(monday.plus({ weeks: 1 }), 'after')}
    <strong>${range}</strong>
  </nav>`;
}

/** The kinds with how many of each there are, which is the key to the colours as well. */
function kinds(say: Say, path: string, query: CalendarQuery, entries: Entry[]): Html {
  const chips = [undefined, ...entryKinds].map((kind) => {
    const count = entries.filter((entry) => kind === undefined || entry.kind === kind).length;
    const chosen = query.kind === kind;
    return html`<li>
      <a
        class="kind ${kind ?? 'any'}"
        href="${linkTo(path, { ...query, kind })}"
        ${chosen && html` aria-current="true"`}
        >${nameOf(say, kind)} <b>${count}</b></a
      >
    </li>`;
  });
  return html`<ul class="chips" aria-label="${say('memberPage.calendar.kinds')}">
    ${chips}
  </ul>`;
}

/** Any day, and for the head whose: a form that works by itself. */
function asking(say: Say, path: string, query: CalendarQuery, monday: DateTime, team: Member[]): Html {
  const options = team.map(
    ({ _id, name }) => html`<option value="${_id}" ${_id === query.who && html` selected`}>${name}</option>`,
  );
  const whose = html`<label
    >${say('memberPage.calendar.whose')}<select id="who" name="who">
      <option value="">${say('memberPage.control.any')}</option>
      ${options}
    </select></label
  >`;
  return html`<form
    class="filter"
    method="get"
    action="${path}"
    role="search"
    aria-label="${say('memberPage.calendar.filter')}"
  >
    <label
      >${say('memberPage.calendar.date')}<input
        type="date"
        id="week"
        name="week"
        value="${query.week ?? monday.toISODate() ?? ''}"
    /></label>
    ${query.kind && html`<input type="hidden" name="kind" value="${query.kind}" />`}${team.length > 0 && whose}<button>
      ${say('memberPage.control.show')}
    </button>
  </form>`;
}

/** What a kind is called on its chip, with its sign. */
function nameOf(say: Say, kind: Entry['kind'] | undefined): string {
  return kind === 'start' ? say('memberPage.calendar.start') : say(`calendar.kind.${kind ?? 'any'}`);
}
