import { z } from 'zod';
import { followCard } from '../../models/followCard.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { id, pageSchema } from '../schemas/common.ts';
import { messageSchema } from '../schemas/messageSchema.ts';
import { messageView } from '../views/messageView.ts';

const list = defineRoute({
  id: 'listMessages',
  method: 'get',
  path: '/messages',
  tag: 'messages',
  role: 'reader',
  params: none,
  query: z.strictObject({
    application: id.optional().meta({ description: 'api.field.ofApplication' }),
    candidate: id.optional().meta({ description: 'api.field.ofCandidate' }),
    kind: z.enum(['out', 'in', 'fact']).optional(),
    status: z.enum(['pending', 'sending', 'sent', 'uncertain', 'failed', 'superseded']).optional(),
    lang: z.string().max(10).optional().meta({ description: 'api.field.lang' }),
    ...paging(z.tuple([z.number(), z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('MessagePage', messageSchema) },
  problems: [],
  handle: async ({ db, words }, { query }, { reader }) => {
    const { application, candidate, kind, status, lang, limit, after } = query;
    if (application === undefined && candidate === undefined) {
      const message = words.label(reader, { key: 'api.hint.ofWhom' });
      return { problem: { code: 'invalidRequest', errors: [{ path: 'application', message }] } };
    }
    const card = candidate === undefined ? undefined : await followCard(db, candidate);
    const of = [candidate ?? '', ...(card ? [card._id, ...(card.joined ?? [])] : [])];
    const rows = await db.ledger
      .find({
        ...(application && { application }),
        ...(candidate && { candidate: { $in: [...new Set(of)] } }),
        ...(kind && { kind }),
        ...(status && { status }),
        ...(after && { $or: [{ at: { $lt: after[0] } }, { at: after[0], _id: { $lt: after[1] } }] }),
      })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const told = { ...reader, lang: lang === undefined ? reader.lang : words.nearest(lang) };
    const page = pageOf(
      rows,
      limit,
      (row) => [row.at, row._id],
      (row) => messageView(words, told, row),
    );
    return { status: 200, body: page };
  },
});

/** The history of an application or a person, newest first. */
export const messages: ApiRoute[] = [list];
