import { z } from 'zod';
import type { LedgerRow } from '../../models/rows.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { callSchema } from '../schemas/callSchema.ts';
import { pageSchema } from '../schemas/common.ts';
import { toIso } from '../toIso.ts';

const list = defineRoute({
  id: 'listCalls',
  method: 'get',
  path: '/audit',
  tag: 'audit',
  role: 'admin',
  params: none,
  query: z.strictObject({
    key: z.string().max(100).optional().meta({ description: 'api.field.key' }),
    ...paging(z.tuple([z.number(), z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('CallPage', callSchema) },
  problems: [],
  handle: async ({ db }, { query: { key, limit, after } }) => {
    const rows = await db.ledger
      .find({
        kind: 'fact',
        what: 'apiCall',
        ...(key && { by: `key:${key}` }),
        ...(after && { $or: [{ at: { $lt: after[0] } }, { at: after[0], _id: { $lt: after[1] } }] }),
      })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    return { status: 200, body: pageOf(rows, limit, (row) => [row.at, row._id], view) };
  },
});

function view({ _id, at, by, params }: LedgerRow): z.output<typeof callSchema> {
  const said = (name: string) => (typeof params?.[name] === 'string' ? params[name] : undefined);
  return {
    id: _id,
    at: toIso(at),
    by: by ?? '',
    method: said('method') ?? '',
    path: said('path') ?? '',
    member: said('member'),
    status: typeof params?.status === 'number' ? params.status : undefined,
    code: said('code'),
  };
}

/** The audit log: every writing request, newest first. */
export const audit: ApiRoute[] = [list];
