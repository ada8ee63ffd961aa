import type { Database } from '../../models/database.ts';
import type { Members } from '../../runtime/makeMembers.ts';
import type { Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';
import type { View } from './views.ts';

/** The view `invitation`: the letter of an invite, with its link and how to reach whoever invites. */
export function makeInvitation(deps: { db: Database; words: Words; members: Members }): View {
  const { db, words, members } = deps;
  return async (reader, { invite: id }) => {
    const invite = typeof id === 'string' ? await db.invites.findOne({ _id: id }) : null;
    if (!invite || invite.usedAt !== undefined || invite.revoked !== undefined) return undefined;
    const said = speech(words, reader);
    const [inviter, vacancies, url] = await Promise.all([
      invite.by === undefined ? null : db.members.findOne({ _id: invite.by }),
      db.vacancies.find({ _id: { $in: invite.vacancies ?? [] } }).toArray(),
      members.linkOf(invite),
    ]);
    const titles = vacancies.map(({ title }) => words.label(reader, { words: title })).join(', ');
    const parts = [
      said.text('invite.letter.subject', { agency: { key: 'agency.name' } }),
      said.text('invite.letter.greeting', { name: invite.name ?? '—' }),
      said.text(`invite.letter.as.${invite.role}`),
      ...(titles === '' ? [] : [said.text('invite.letter.vacancies', { vacancies: titles })]),
      said.text('invite.letter.how'),
      ...(inviter
        ? [
            said.text(inviter.phone ? 'invite.letter.contact' : 'invite.letter.contactByLetter', {
              name: inviter.name,
              role: { key: `invite.inviter.${inviter.role}` },
              phone: inviter.phone ?? '',
            }),
          ]
        : []),
    ];
    return {
      text: parts.join('\n\n'),
      buttons: url ? [[{ label: said.plain('invite.letter.open'), url }]] : [],
    };
  };
}
