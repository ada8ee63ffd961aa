import type { ConversationData, ConversationStorage, VersionedState } from '@grammyjs/conversations';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { chatId, type StaffContext } from '../staffContext.ts';

const rowShape = z.object({ json: z.string().optional(), update: z.number().optional() });
const stateShape = z.custom<VersionedState<ConversationData>>(
  (value) => typeof value === 'object' && value !== null && 'version' in value && 'state' in value,
);

/**
 * Where the wizards of a chat stand. The update that brought them there is written with them: the same update
 * again (after a crash) is known, and not taken for the next answer.
 */
export function wizardStorage(): ConversationStorage<StaffContext, ConversationData> {
  return {
    type: 'context',
    version: sourceVersion(),
    adapter: {
      read: async (ctx) => {
        const { json } = await readRow(ctx);
        return json === undefined ? undefined : stateShape.parse(JSON.parse(json));
      },
      write: (ctx, state) => writeRow(ctx, { json: JSON.stringify(state) }),
      delete: (ctx) => writeRow(ctx, {}),
    },
  };
}

/** Was this very update handled to its end before, by a wizard? */
export async function alreadyHandled(ctx: StaffContext): Promise<boolean> {
  return (await readRow(ctx)).update === ctx.update.update_id;
}

async function readRow(ctx: StaffContext): Promise<z.infer<typeof rowShape>> {
  const row = await ctx.staff.db.sessions.findOne({ _id: `wizard:${chatId(ctx)}` });
  return row ? rowShape.parse(row.value) : {};
}

async function writeRow(ctx: StaffContext, state: { json?: string }): Promise<void> {
  const value = { ...state, ...(!ctx.failed && { update: ctx.update.update_id }) };
  await ctx.staff.db.sessions.replaceOne({ _id: `wizard:${chatId(ctx)}` }, { value }, { upsert: true });
}

/** A changed script cannot go on where another stopped: its version is its own source. */
function sourceVersion(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(import.meta.dirname).sort())
    hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex').slice(0, 12);
}
