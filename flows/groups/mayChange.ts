import type { Member } from '../member.ts';
import type { Group } from './group.ts';

/** May this member move a group, change its places, call it off, write to all? The head, and who holds it. */
export function mayChange(member: Pick<Member, '_id' | 'role'>, group: Pick<Group, 'host'>): boolean {
  return member.role === 'head' || group.host === member._id;
}
