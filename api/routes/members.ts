import { z } from 'zod';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { pageSchema } from '../schemas/common.ts';
import { memberSchema } from '../schemas/memberSchema.ts';
import { memberView } from '../views/memberView.ts';

const list = defineRoute({
  id: 'listMembers',
  method: 'get',
  path: '/members',
  tag: 'members',
  role: 'reader',
  params: none,
  query: z.strictObject({
    role: z.enum(['head', 'recruiter', 'client']).optional(),
    active: z.enum(['true', 'false']).optional(),
    ...paging(z.tuple([z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('MemberPage', memberSchema) },
  problems: [],
  handle: async ({ db }, { query: { role, active, limit, after } }) => {
    const where = {
      ...(role && { role }),
      ...(active && { active: active === 'true' }),
      ...(after && { _id: { $gt: after[0] } }),
    };
    const rows = await db.members
      .find(where)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    return { status: 200, body: pageOf(rows, limit, ({ _id }) => [_id], memberView) };
  },
});

/** The agency's people and its clients' contact persons. */
export const members: ApiRoute[] = [list];
