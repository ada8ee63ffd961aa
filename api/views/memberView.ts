import type { z } from 'zod';
import type { Member } from '../../flows/member.ts';
import type { memberSchema } from '../schemas/memberSchema.ts';

/** A member. Which chat is theirs stays inside; that there is one is told. */
export function memberView(member: Member): z.output<typeof memberSchema> {
  const { role, name, lang, zone, active, hours, company, phone } = member;
  const linked = member.telegram !== undefined;
  return { id: member._id, role, name, lang, zone, active, linked, hours, company, phone };
}
