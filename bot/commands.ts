import type { Api } from 'grammy';
import type { Member, Role } from '../flows/member.ts';
import type { Words } from '../runtime/words.ts';

const staff: Role[] = ['recruiter', 'head'];
const all: Role[] = [...staff, 'client'];

/** The parts of the help, in their order; their headings are `staff.help.group.<name>`. */
export const commandGroups = ['day', 'people', 'talk', 'agency', 'own'] as const;

/** Which commands each role has, in the order of the menu. Their descriptions are `staff.command.<name>`. */
export const commands: { name: string; group: (typeof commandGroups)[number]; roles: Role[] }[] = [
  { name: 'new', group: 'day', roles: staff },
  { name: 'today', group: 'day', roles: staff },
  { name: 'calls', group: 'day', roles: staff },
  { name: 'tasks', group: 'day', roles: staff },
  { name: 'calendar', group: 'day', roles: staff },
  { name: 'candidates', group: 'people', roles: staff },
  { name: 'add', group: 'people', roles: staff },
  { name: 'import', group: 'people', roles: staff },
  { name: 'duplicates', group: 'people', roles: staff },
  { name: 'vacancies', group: 'people', roles: staff },
  { name: 'companies', group: 'people', roles: staff },
  { name: 'match', group: 'people', roles: staff },
  { name: 'groups', group: 'people', roles: staff },
  { name: 'call', group: 'people', roles: staff },
  { name: 'invite', group: 'people', roles: staff },
  { name: 'access', group: 'people', roles: staff },
  { name: 't', group: 'talk', roles: staff },
  { name: 'templates', group: 'talk', roles: staff },
  { name: 'broadcast', group: 'talk', roles: staff },
  { name: 'end', group: 'talk', roles: staff },
  { name: 'control', group: 'agency', roles: ['head'] },
  { name: 'team', group: 'agency', roles: ['head'] },
  { name: 'pipeline', group: 'agency', roles: ['head'] },
  { name: 'settings', group: 'agency', roles: ['head'] },
  { name: 'sites', group: 'agency', roles: ['head'] },
  { name: 'messengers', group: 'agency', roles: ['head'] },
  { name: 'interviews', group: 'own', roles: ['client'] },
  { name: 'progress', group: 'own', roles: ['client'] },
  { name: 'hours', group: 'own', roles: staff },
  { name: 'language', group: 'own', roles: all },
  { name: 'cancel', group: 'own', roles: staff },
  { name: 'help', group: 'own', roles: all },
  { name: 'stop', group: 'own', roles: all },
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
