import type { Api } from 'grammy';
import type { Member, Role } from '../flows/member.ts';
import type { Words } from '../runtime/words.ts';

/** Which commands each role has, in the order of the menu. Their descriptions are `staff.command.<name>`. */
export const commands: { name: string; roles: Role[] }[] = [
  { name: 'new', roles: ['recruiter', 'head'] },
  { name: 'today', roles: ['recruiter', 'head'] },
  { name: 'calls', roles: ['recruiter', 'head'] },
  { name: 'call', roles: ['recruiter', 'head'] },
  { name: 'tasks', roles: ['recruiter', 'head'] },
  { name: 'candidates', roles: ['recruiter', 'head'] },
  { name: 'vacancies', roles: ['recruiter', 'head'] },
  { name: 'match', roles: ['recruiter', 'head'] },
  { name: 'calendar', roles: ['recruiter', 'head'] },
  { name: 'groups', roles: ['recruiter', 'head'] },
  { name: 'duplicates', roles: ['recruiter', 'head'] },
  { name: 'add', roles: ['recruiter', 'head'] },
  { name: 't', roles: ['recruiter', 'head'] },
  { name: 'templates', roles: ['recruiter', 'head'] },
  { name: 'broadcast', roles: ['recruiter', 'head'] },
  { name: 'hours', roles: ['recruiter', 'head'] },
  { name: 'control', roles: ['head'] },
  { name: 'team', roles: ['head'] },
  { name: 'pipeline', roles: ['head'] },
  { name: 'settings', roles: ['head'] },
  { name: 'messengers', roles: ['head'] },
  { name: 'interviews', roles: ['client'] },
  { name: 'end', roles: ['recruiter', 'head'] },
  { name: 'cancel', roles: ['recruiter', 'head'] },
  { name: 'language', roles: ['recruiter', 'head', 'client'] },
  { name: 'help', roles: ['recruiter', 'head', 'client'] },
  { name: 'stop', roles: ['recruiter', 'head', 'client'] },
];

/** The command menu of one member's chat, in their language. */
export async function setMenus(api: Api, words: Words, member: Member): Promise<void> {
  if (!member.telegram) return;
  const own = commands.filter(({ roles }) => roles.includes(member.role));
  await api.setMyCommands(
    own.map(({ name }) => ({
      command: name,
      description: words.label(member, { key: `staff.command.${name}` }),
    })),
    { scope: { type: 'chat', chat_id: Number(member.telegram) } },
  );
}
