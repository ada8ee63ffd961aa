import { DateTime } from 'luxon';
import type { Member } from '../../flows/member.ts';
import { type Posting, postingKey } from '../../flows/sites/posting.ts';
import type { SourceName } from '../../flows/sites/sourceNames.ts';
import { postingLink } from '../../flows/sites/postingLink.ts';
import { readPostings, readSites, type SiteState } from '../../models/readSites.ts';
import type { PostingRow } from '../../models/rows.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { type Speech, speech } from '../speech.ts';
import { pages } from './newLeads.ts';

/** How many postings that wait are shown, people of one, and vacancies on a page. */
const shownPostings = 8;
const shownPeople = 8;
const perPage = 8;

type Deps = Pick<BotDeps, 'db' | 'clock' | 'words' | 'sources'>;

/** Where leads come from by themselves: how each source stands, who waits, and what was said to be not ours. */
export async function drawSites({ db, clock, words, sources }: Deps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const since = DateTime.fromMillis(clock.now(), { zone: member.zone }).startOf('day').toMillis();
  const [states, postings] = await Promise.all([readSites(db, since), readPostings(db)]);
  const asked = postings.filter(({ posting, people }) => posting.status === 'asked' && people.length > 0);
  const dropped = postings.filter(({ posting }) => posting.status === 'notOurs');
  const waiting = asked.reduce((sum, { people }) => sum + people.length, 0);
  const row = ({ posting, people }: (typeof postings)[number]): RenderedButton[] => [
    said.button(`sites.button.${posting.status}`, `si:open:${posting._id}`, {
      params: { ...named(posting), count: people.length },
    }),
  ];
  return {
    text: [
      said.text('sites.title'),
      ...states.map((state) => stateLine(said, state, sources, member)),
      ...(waiting > 0 ? [said.text('sites.waiting', { count: waiting })] : []),
    ].join('\n\n'),
    buttons: [
      ...consentRows(said, states, sources, member),
      ...(sources.connected.length > 0
        ? [[said.button('sites.button.read', 'si:read', { style: 'primary' })]]
        : []),
      ...asked.slice(0, shownPostings).map(row),
      ...dropped.slice(-shownPostings).map(row),
    ],
  };
}

/** The way into those that want to be let into: pressed first by whoever sets them up, and when consent has ended. */
function consentRows(
  said: Speech,
  states: SiteState[],
  sources: Deps['sources'],
  member: Member,
): RenderedButton[][] {
  return states.flatMap(({ row }) => {
    if (!sources.consent(row._id, member._id)) return [];
    const works = row.readAt !== undefined && row.fault?.why !== 'notConnected';
    const more = {
      params: { source: { key: `source.${row._id}` } },
      ...(!works && { style: 'success' as const }),
    };
    return [[said.button(`sites.button.${works ? 'reconnect' : 'connect'}`, `si:connect:${row._id}`, more)]];
  });
}

/** Where a head lets us in, by a link of their own. */
export function drawConsent(
  { words, sources }: Pick<Deps, 'words' | 'sources'>,
  member: Member,
  name: SourceName,
): Rendered | undefined {
  const said = speech(words, member);
  const url = sources.consent(name, member._id);
  if (url === undefined) return undefined;
  const source = { key: `source.${name}` };
  return {
    text: said.text('sites.consent', { source }),
    buttons: [[{ label: said.plain('sites.button.consent', { source }), url }]],
  };
}

function stateLine(
  said: Speech,
  { row, today, waiting }: SiteState,
  sources: Deps['sources'],
  member: Member,
): string {
  const source = { key: `source.${row._id}` };
  const hook = sources.hooks[row._id];
  if (!sources.connected.includes(row._id))
    return said.text('sites.off', { source, how: { key: `sites.how.${row._id}` } });
  // Never read and in no other trouble: one that has to be let in was not.
  const wants = row.fault
    ? row.fault.why === 'notConnected'
    : sources.consent(row._id, member._id) !== undefined;
  if (row.readAt === undefined && wants) return said.text('sites.toConnect', { source });
  const read =
    row.readAt === undefined ? [] : [said.text('sites.read', { when: { at: row.readAt, as: 'dateTime' } })];
  const head = row.fault
    ? said.text('sites.trouble', { source, fault: { key: `sites.fault.${row.fault.why}` } })
    : said.text(row.readAt === undefined ? 'sites.begins' : 'sites.on', { source });
  return [
    head,
    ...read,
    said.text('sites.counts', { today, waiting }),
    ...(hook ? [said.text('sites.hook', { address: hook })] : []),
  ].join('\n');
}

/** A posting by name: its source, its id or number. */
function named({ source, id }: Posting) {
  return { source: { key: `source.${source}` }, posting: id || { key: 'sites.noPosting' } };
}

/** One posting that stands on no vacancy: who came by it, and what can be done. */
export async function drawPosting(
  { db, words }: Deps,
  member: Member,
  posting: PostingRow,
): Promise<Rendered> {
  const said = speech(words, member);
  const people = await db.found
    .find({ posting: posting._id, status: { $in: ['waiting', 'dropped'] } })
    .sort({ at: 1 })
    .toArray();
  const lines = people.slice(0, shownPeople).map(({ at, lead }) =>
    said.text('sites.person', {
      name: (lead?.name ?? '—').slice(0, 60),
      phone: lead?.phone?.slice(0, 30) ?? '—',
      day: { at, as: 'day' },
    }),
  );
  const url = postingLink(posting);
  const ours = posting.status === 'asked';
  const { source, id } = posting;
  const on = await db.vacancies.findOne({ postings: { $elemMatch: { source, id } } });
  const state = ours ? (on ? 'closed' : 'asked') : on?.status === 'open' ? 'aside' : 'notOurs';
  return {
    text: [
      said.text(`sites.posting.${state}`, {
        ...named(posting),
        count: people.length,
        vacancy: { words: on?.title ?? { ru: '—' } },
      }),
      ...(lines.length > 0 ? [lines.join('\n')] : []),
    ].join('\n\n'),
    buttons: [
      ...(url ? [[{ label: said.plain('sites.button.look'), url }]] : []),
      [said.button('sites.button.pick', `si:pick:${posting._id}:0`, { style: 'primary' })],
      ...(on ? [[said.button('sites.button.vacancy', `v:open:${on._id}`)]] : []),
      [
        ours
          ? said.button('sites.button.drop', `si:drop:${posting._id}`)
          : said.button('sites.button.takeBack', `si:takeBack:${posting._id}`),
      ],
      [said.button('sites.button.all', 'si:all')],
    ],
  };
}

/** Which vacancy a posting is: the open ones, the newest first. */
export async function drawPick(
  { db, words }: Deps,
  member: Member,
  posting: Posting,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const key = postingKey(posting);
  const open = await db.vacancies
    .find({ status: 'open' })
    .sort({ createdAt: -1, _id: 1 })
    .skip(page * perPage)
    .limit(perPage + 1)
    .toArray();
  return {
    text: said.text(open.length > 0 ? 'sites.pick' : 'sites.noVacancies', named(posting)),
    buttons: [
      ...open
        .slice(0, perPage)
        .map(({ _id, title }) => [
          { label: said.label({ words: title }).slice(0, 60), data: `si:on:${key}:${_id}` },
        ]),
      pages(said, `si:pick:${key}`, page, open.length > perPage),
      [said.button('sites.button.all', 'si:all')],
    ].filter((row) => row.length > 0),
  };
}
