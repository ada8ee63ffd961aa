import { audienceGroups, type Broadcast } from '../../flows/broadcasts/broadcast.ts';
import type { Member } from '../../flows/member.ts';
import { broadcastResults, countAudience } from '../../runtime/audience.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { inRows, type Speech, speech } from '../speech.ts';

type Deps = Pick<BotDeps, 'db' | 'words' | 'clock'>;

/** So long the audience of a draft counts as it was counted, in milliseconds: it is counted again when it begins. */
const countedFor = 60_000;

/** How many are shown in the list, the newest first. */
const shown = 8;

/** A recruiter writes to the people of their vacancies; the head to the whole base. */
export function mayWriteTo(member: Member, { audience }: Broadcast): boolean {
  return member.role === 'head' || audience.vacancy !== undefined;
}

/** The broadcasts there are, and the way to a new one. */
export async function drawBroadcasts({ db, words }: Deps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const whose = member.role === 'head' ? {} : { by: member._id };
  const list = await db.broadcasts.find(whose).sort({ createdAt: -1 }).limit(shown).toArray();
  const buttons = list.map((one): RenderedButton[] => [
    said.button('broadcast.button.one', `bc:open:${one._id}`, {
      params: { status: { key: `broadcast.status.${one.status}` }, text: short(one.text) },
    }),
  ]);
  return {
    text: said.text(list.length === 0 ? 'broadcast.none' : 'broadcast.title'),
    buttons: [...buttons, [said.button('broadcast.button.new', 'bc:new', { style: 'primary' })]],
  };
}

/** One broadcast: a draft to be filled in, or how far it has come. */
export async function drawBroadcast(
  deps: Deps,
  member: Member,
  broadcast: Broadcast,
  sure = false,
): Promise<Rendered> {
  const said = speech(deps.words, member);
  const about = await facts(deps, said, broadcast);
  const { _id: id, status } = broadcast;
  if (status === 'draft') {
    const people = await peopleOf(deps, broadcast);
    const text = said.text(sure ? 'broadcast.sure' : 'broadcast.draft', { ...about, people });
    const why = mayWriteTo(member, broadcast) ? '' : `\n\n${said.text('broadcast.whole')}`;
    return {
      text: text + why,
      buttons: sure ? sureButtons(said, id, people) : draftButtons(said, member, broadcast, people),
    };
  }
  const results = await broadcastResults(deps.db, broadcast);
  const text = said.text('broadcast.progress', {
    ...about,
    ...results,
    status: { key: `broadcast.status.${status}` },
    people: broadcast.people?.length ?? 0,
  });
  return { text, buttons: progressButtons(said, broadcast) };
}

/** Counted once for an audience, and not with each tap that changes something else. */
async function peopleOf({ db, clock }: Deps, { _id, audience, ads, counted }: Broadcast): Promise<number> {
  const of = JSON.stringify([audience.vacancy, audience.group, audience.city, ads]);
  if (counted?.of === of && clock.now() - counted.at < countedFor) return counted.people;
  const people = await countAudience(db, audience, ads);
  const fresh = { of, people, at: clock.now() };
  await db.broadcasts.updateOne({ _id, status: 'draft' }, { $set: { counted: fresh } });
  return people;
}

/** What people will see, with its button. */
export function drawPreview({ words }: Pick<Deps, 'words'>, member: Member, { text }: Broadcast): Rendered {
  const said = speech(words, member);
  return {
    text: said.text('broadcast.message', { text }),
    buttons: [[{ label: said.plain('broadcast.button.off'), disabled: true }]],
  };
}

/** The choices for one part of the audience. */
export async function drawChoice(
  { db, words }: Pick<Deps, 'db' | 'words'>,
  member: Member,
  { _id: id }: Broadcast,
  what: 'vacancy' | 'group',
): Promise<Rendered> {
  const said = speech(words, member);
  const back = [said.button('broadcast.button.back', `bc:open:${id}`)];
  if (what === 'group') {
    const groups = audienceGroups.map((group) =>
      said.button(`broadcast.group.${group}`, `bc:group:${id}:${group}`),
    );
    const any = said.button('broadcast.group.any', `bc:group:${id}:any`);
    return { text: said.text('broadcast.ask.group'), buttons: [...inRows([any, ...groups], 2), back] };
  }
  const mine = member.role === 'head' ? {} : { recruiters: member._id };
  const vacancies = await db.vacancies.find(mine).sort({ createdAt: -1 }).limit(20).toArray();
  const any = member.role === 'head' ? [said.button('broadcast.anyVacancy', `bc:vacancy:${id}:`)] : [];
  const list = vacancies.map((one) => ({
    label: said.label({ words: one.title }),
    data: `bc:vacancy:${id}:${one._id}`,
  }));
  return { text: said.text('broadcast.ask.vacancy'), buttons: [...inRows([...any, ...list], 1), back] };
}

async function facts({ db }: Deps, said: Speech, { audience, text, ads, at }: Broadcast) {
  const vacancy = audience.vacancy ? await db.vacancies.findOne({ _id: audience.vacancy }) : null;
  return {
    vacancy: vacancy ? { words: vacancy.title } : said.plain('broadcast.anyVacancy'),
    group: { key: `broadcast.group.${audience.group ?? 'any'}` },
    city: audience.city ?? said.plain('broadcast.anyCity'),
    text: text || said.plain('broadcast.noText'),
    ads: { key: ads ? 'broadcast.kind.ads' : 'broadcast.kind.service' },
    when: at === undefined ? { key: 'broadcast.atOnce' } : { at, as: 'dateTime' as const },
  };
}

function draftButtons(
  said: Speech,
  member: Member,
  broadcast: Broadcast,
  people: number,
): RenderedButton[][] {
  const { _id: id, text, audience } = broadcast;
  const ready = text !== '' && people > 0 && mayWriteTo(member, broadcast);
  return [
    [
      said.button('broadcast.button.vacancy', `bc:pick:${id}:vacancy`),
      said.button('broadcast.button.group', `bc:pick:${id}:group`),
      audience.city === undefined
        ? said.button('broadcast.button.city', `bc:city:${id}`)
        : said.button('broadcast.button.anyCity', `bc:anyCity:${id}`),
    ],
    [
      said.button('broadcast.button.text', `bc:text:${id}`),
      said.button('broadcast.button.when', `bc:when:${id}`),
    ],
    [
      said.button(
        broadcast.ads ? 'broadcast.button.makeService' : 'broadcast.button.makeAds',
        `bc:ads:${id}`,
      ),
    ],
    ...(text === '' ? [] : [[said.button('broadcast.button.preview', `bc:preview:${id}`)]]),
    ...(ready
      ? [[said.button('broadcast.button.send', `bc:sure:${id}`, { style: 'success', params: { people } })]]
      : []),
    [said.button('broadcast.button.drop', `bc:stop:${id}`), said.button('broadcast.button.list', 'bc:list')],
  ];
}

function sureButtons(said: Speech, id: string, people: number): RenderedButton[][] {
  return [
    [said.button('broadcast.button.go', `bc:go:${id}`, { style: 'success', params: { people } })],
    [said.button('broadcast.button.back', `bc:open:${id}`)],
  ];
}

function progressButtons(said: Speech, { _id: id, status }: Broadcast): RenderedButton[][] {
  const refresh = said.button('broadcast.button.refresh', `bc:open:${id}`);
  const list = said.button('broadcast.button.list', 'bc:list');
  const stop = said.button('broadcast.button.stop', `bc:stop:${id}`, { style: 'danger' });
  if (status === 'running')
    return [
      [said.button('broadcast.button.pause', `bc:pause:${id}`), stop],
      [refresh, list],
    ];
  if (status === 'paused')
    return [
      [said.button('broadcast.button.resume', `bc:resume:${id}`, { style: 'success' }), stop],
      [refresh, list],
    ];
  return status === 'scheduled' ? [[stop], [refresh, list]] : [[refresh, list]];
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 30 ? `${line.slice(0, 29)}…` : line || '—';
}
