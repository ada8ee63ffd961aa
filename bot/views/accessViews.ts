import type { Member } from '../../flows/member.ts';
import { mayManage } from '../../flows/members/mayManage.ts';
import type { Database } from '../../models/database.ts';
import { readOpenApplications } from '../../models/readOpenApplications.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { InviteRow } from '../../models/rows.ts';
import type { Members } from '../../runtime/makeMembers.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';
import { pages } from './newLeads.ts';

interface Deps {
  db: Database;
  words: Words;
  members: Members;
}

const perPage = 12;

/** Everybody whose access this member opens and closes, and the invites that wait; a page at a time. */
export async function drawAccess({ db, words }: Deps, member: Member, page: number): Promise<Rendered> {
  const said = speech(words, member);
  const [everybody, vacancies, invites] = await Promise.all([
    db.members.find().toArray(),
    db.vacancies.find().toArray(),
    readWaiting(db, member),
  ]);
  const theirs = everybody.filter((one) => mayManage(member, one, vacancies) === undefined);
  const waiting = new Set(invites.map(({ member: id }) => id));
  const rows = [
    ...invites.map(({ _id, name = '—', company, role, bounced }) => ({
      label: `${bounced === undefined ? '⏳' : '⚠️'} ${[name, company, said.plain(`staff.role.${role}`)].filter(Boolean).join(', ')}`,
      data: `mb:invite:${shortOf(_id)}`,
    })),
    ...theirs
      .filter(({ _id }) => !waiting.has(_id))
      .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
      .map(({ _id, name, role, active, company }) => ({
        label: `${active ? '🟢' : '⚪️'} ${[name, company, said.plain(`staff.role.${role}`)].filter(Boolean).join(', ')}`,
        data: `mb:open:${_id}`,
      })),
  ].map(({ label, data }) => [{ label: label.slice(0, 60), data }]);
  const shown = rows.slice(page * perPage, (page + 1) * perPage);
  const turn = pages(said, 'mb:list', page, rows.length > (page + 1) * perPage);
  return {
    text: said.text(rows.length > 0 ? 'invite.access.title' : 'invite.access.nobody'),
    buttons: [
      ...shown,
      ...(turn.length > 0 ? [turn] : []),
      [said.button('invite.button.new', 'mb:new', { style: 'primary' })],
    ],
  };
}

/**
 * One member: what they may do here, until when, and the button that changes it. A colleague's access is closed on a
 * second press only: their work goes to others, and does not come back by opening it again.
 *
 * @param asked whether this is that second look
 */
export async function drawMember(
  { db, words }: Deps,
  reader: Member,
  id: string,
  asked = false,
): Promise<Rendered> {
  const said = speech(words, reader);
  const back = [said.button('staff.button.back', 'mb:list:0')];
  const member = await db.members.findOne({ _id: id });
  const vacancies = await db.vacancies.find().toArray();
  if (!member || mayManage(reader, member, vacancies) !== undefined)
    return { text: said.text('refusal.notAllowedHere'), buttons: [back] };
  const { active, access = {}, role, name, company, email, phone } = member;
  const own = vacancies.filter(({ client, status }) => client === id && status === 'open');
  const state =
    access.endsAt !== undefined && active
      ? said.text('invite.access.ends', { when: { at: access.endsAt, as: 'dateTime' } })
      : said.text(`invite.access.${active ? 'on' : access.ended === undefined ? 'off' : 'ended'}`);
  const lines = [
    said.text('invite.access.member', {
      name: [name, company].filter(Boolean).join(', '),
      role: { key: `staff.role.${role}` },
    }),
    state,
    ...(member.telegram ? [] : [said.text('invite.access.noChat')]),
    ...(own.length > 0
      ? [
          said.text('invite.access.vacancies', {
            vacancies: own.map(({ title }) => words.label(reader, { words: title })).join(', '),
          }),
        ]
      : []),
    ...[email, phone].flatMap((contact) =>
      contact ? [said.text('invite.access.contactLine', { contact })] : [],
    ),
    ...(role !== 'client' ? await workOf(db, said, member) : []),
  ];
  if (asked && active)
    return {
      text: [...lines, '', said.text('invite.access.sure')].join('\n'),
      buttons: [
        [said.button('invite.button.sure', `mb:close:${id}`, { style: 'danger' })],
        [said.button('staff.button.back', `mb:open:${id}`)],
      ],
    };
  const change = active
    ? said.button('invite.button.close', `mb:${role === 'client' ? 'close' : 'ask'}:${id}`, {
        style: 'danger',
      })
    : said.button('invite.button.allow', `mb:allow:${id}`, { style: 'success' });
  const keep =
    active && access.endsAt !== undefined ? [[said.button('invite.button.keep', `mb:keep:${id}`)]] : [];
  const write =
    role === 'client' && active && (member.telegram || email)
      ? [[said.button('staff.button.relay', `mb:say:${id}`)]]
      : [];
  return { text: lines.join('\n'), buttons: [...write, ...keep, [change], back] };
}

/** An invite that nobody has opened: its link once more, what became of the letter, and the way to take it back. */
export async function drawInvite(
  { db, words, members }: Deps,
  reader: Member,
  id: string,
): Promise<Rendered> {
  const said = speech(words, reader);
  const back = [said.button('staff.button.back', 'mb:list:0')];
  const invite = await findWaiting(db, reader, id);
  if (!invite) return { text: said.text('invite.access.gone'), buttons: [back] };
  const link = (await members.linkOf(invite)) ?? '';
  const { name = '—', role, email, bounced, createdAt } = invite;
  const letter = email && said.text(bounced ? 'invite.access.bounced' : 'invite.access.letter', { email });
  const waits = said.text('invite.access.waits', {
    name,
    role: { key: `staff.role.${role}` },
    when: { at: createdAt, as: 'dateTime' },
  });
  return {
    text: [
      waits,
      ...(letter ? [letter] : []),
      ...(link ? [said.text('invite.access.link', { link })] : []),
    ].join('\n'),
    buttons: [
      ...(link ? [[{ label: said.plain('invite.button.copy'), copy: link }]] : []),
      [said.button('invite.button.revoke', `mb:revoke:${id}`, { style: 'danger' })],
      back,
    ],
  };
}

/** An invite by the part of its id that a button has room for, when this member may see it. */
export async function findWaiting(
  db: Database,
  member: Member,
  short: string,
): Promise<InviteRow | undefined> {
  return (await readWaiting(db, member)).find(({ _id }) => shortOf(_id) === short);
}

/** Telegram gives a button 64 bytes. */
function shortOf(invite: string): string {
  return invite.slice(0, 16);
}

/** Invites that were made in chat and wait: all of them for the head, their own for a recruiter. */
async function readWaiting(db: Database, member: Member): Promise<InviteRow[]> {
  const mine = member.role === 'head' ? { by: { $exists: true } } : { by: member._id };
  return db.invites
    .find({ ...mine, usedAt: { $exists: false }, revoked: { $exists: false } })
    .sort({ createdAt: -1 })
    .limit(100)
    .toArray();
}

/** What would be left without a hand. */
async function workOf(db: Database, said: ReturnType<typeof speech>, { _id }: Member): Promise<string[]> {
  const open = await readOpenApplications(db, await readPipelines(db));
  const count = open.filter(({ recruiter }) => recruiter === _id).length;
  return count > 0 ? [said.text('invite.access.work', { count })] : [];
}
