import { z } from 'zod';
import { fileShape } from '../fileShape.ts';
import type { Candidate } from '../../flows/candidate.ts';
import type { Database } from '../../models/database.ts';
import type { Handler } from '../../runtime/channel.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Desk } from '../../runtime/desk.ts';
import type { Members } from '../../runtime/makeMembers.ts';
import type { Receipts } from '../../runtime/receipts.ts';
import { messageId } from './makeEmail.ts';

const shape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('bounce'),
    id: z.string(),
    messageId: z.string(),
    recipient: z.string(),
    status: z.string(),
    gone: z.boolean(),
  }),
  z.object({
    kind: z.literal('reply'),
    id: z.string(),
    from: z.string(),
    references: z.array(z.string()),
    text: z.string(),
    files: z.array(fileShape),
  }),
]);

/** A letter as the inbox keeps it. */
export type MailUpdate = z.input<typeof shape>;

/**
 * One letter: words for the recruiter, or the news that one of ours did not arrive. Two people may share a mailbox: the
 * thread says whose answer it is, else it is whoever applied last.
 */
export function makeMailHandler(deps: {
  db: Pick<Database, 'candidates'>;
  desk: Pick<Desk, 'perform'>;
  receipts: Receipts;
  clock: Pick<Clock, 'now'>;
  /** Somebody who is no candidate: a client, or whoever was invited. */
  wrote: Members['wrote'];
  mailbox: string;
}): Handler {
  const { db, desk, mailbox } = deps;
  const whose = async (address: string): Promise<Candidate[]> =>
    (await db.candidates.find({ email: address }).toArray()).sort((a, b) => lastOf(a) - lastOf(b));

  const answered = (references: string[]) => (person: Candidate) =>
    person.applications.some(({ id }) => references.includes(messageId('t', id, mailbox)));

  return async (raw, hold) => {
    const update = shape.parse(raw);
    const { id } = update;
    // It may become several events, of several people.
    if (!(await hold.keep())) return;
    if (update.kind === 'bounce') {
      const { recipient, status, gone } = update;
      const reach = { channel: 'email' as const, address: recipient };
      if (gone)
        for (const { _id } of await whose(recipient))
          await desk.perform(_id, { id: `${id}:${_id}`, type: 'channelBlocked', reach });
      const failed = { channel: 'email' as const, state: 'failed' as const, at: deps.clock.now() };
      if (update.messageId)
        await deps.receipts({ ...failed, messageId: update.messageId, error: `returned ${status}` });
      return;
    }
    const people = await whose(update.from);
    const person = people.find(answered(update.references)) ?? people.at(-1);
    if (!person) {
      await deps.wrote(id, update.from, update.text, update.files);
      return;
    }
    const base = {
      type: 'messageArrived' as const,
      reach: { channel: 'email' as const, address: update.from },
      person: {},
    };
    const [first, ...rest] = update.files;
    const said = update.text === '' ? {} : { text: update.text };
    if (first) await desk.perform(person._id, { ...base, id, kind: 'file', file: first, ...said });
    else if (update.text !== '') await desk.perform(person._id, { ...base, id, kind: 'text', ...said });
    for (const [index, one] of rest.entries())
      await desk.perform(person._id, { ...base, id: `${id}:${index}`, kind: 'file', file: one });
  };
}

function lastOf({ createdAt, applications }: Candidate): number {
  return applications.at(-1)?.createdAt ?? createdAt;
}
