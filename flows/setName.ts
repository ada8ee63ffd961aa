import type { Application } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

const longest = 100;

/** What the person is called, as the recruiter heard it. */
export function setName(
  turn: Turn,
  application: Application,
  { by, name }: Extract<StaffCommand, { type: 'setName' }>,
): Refused {
  const said = name.trim().replaceAll(/\s+/g, ' ');
  if (said === '') return { code: 'emptyText' };
  if (said.length > longest) return { code: 'nameTooLong', params: { most: longest } };
  if (said === turn.state.name) return undefined;
  turn.state.name = said;
  turn.fact('nameSet', application.id, by, { name: said });
  return undefined;
}
