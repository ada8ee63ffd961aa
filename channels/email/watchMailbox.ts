import { createHash } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import type { MailUpdate } from './handleMail.ts';
import { readLetter } from './readLetter.ts';

export interface MailboxWatch {
  stop(): Promise<void>;
}

/** How far the mailbox was read: a UID means something only under its UIDVALIDITY (RFC 9051, 2.3.1.1). */
const mark = z.object({ validity: z.string(), uid: z.number() });

/** The mailbox is looked at so often even if the server announces nothing, in milliseconds. */
const lookEvery = 60_000;
/** The longest pause before connecting again, in milliseconds. */
const longest = 60_000;
/** A larger letter is not fetched, in bytes: attachments of 20 MB in base64. */
const largest = 30 * 1024 * 1024;

/**
 * Reads what comes to the agency's mailbox over IMAP, as it comes (IDLE), from the letter after the last one that was
 * read. What concerns somebody we know is stored in the inbox before the mark moves on, so a crash in between reads it
 * again and the inbox passes it over. At the very first start the mark is put at the end: old letters are nobody's
 * answer. Letters are only read: their flags and folders stay as they are.
 */
export function watchMailbox(deps: {
  url: string;
  /** The address our letters come from. */
  mailbox: string;
  db: Pick<Database, 'settings' | 'candidates' | 'members' | 'invites'>;
  files: Pick<Files, 'keep'>;
  receive: Receive;
  clock: Pick<Clock, 'after'>;
  log: (line: object) => void;
}): MailboxWatch {
  const { db, clock, log, mailbox } = deps;
  const where = new URL(deps.url);
  const key = `imap:${decodeURIComponent(where.username)}@${where.host}`;
  let running = true;
  let client: ImapFlow | undefined;
  let wake: () => void = () => undefined;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const callOff = clock.after(milliseconds, () => resolve());
      wake = () => {
        callOff();
        resolve();
      };
    });

  const known = async (email: string): Promise<boolean> => {
    const only = { projection: { _id: 1 } };
    return (
      (await db.candidates.findOne({ email }, only)) !== null ||
      (await db.members.findOne({ email }, only)) !== null ||
      (await db.invites.findOne({ email }, only)) !== null
    );
  };

  const take = async (id: string, source: Uint8Array): Promise<void> => {
    const letter = await readLetter(source, mailbox);
    if (letter.kind === 'automatic') return;
    if (letter.kind === 'bounce') return store(letter.recipient, { id, ...letter });
    // Nobody we know: it is left alone, and nothing of it is kept.
    const { from, references, text } = letter;
    if (!(await known(from))) return;
    const kept: Extract<MailUpdate, { kind: 'reply' }>['files'] = [];
    for (const [index, { name, bytes, picture }] of letter.files.entries()) {
      try {
        kept.push(await deps.files.keep(bytes, name, picture ? 'photo' : 'document', `${id}:${index}`));
      } catch (error) {
        if (!(error instanceof FileTrouble)) throw error;
        log({ level: 'warn', mail: id, file: error.code });
      }
    }
    await store(from, { kind: 'reply', id, from, references, text, files: kept });
  };

  const store = (address: string, update: MailUpdate) =>
    deps.receive([{ id: update.id, lane: `mail:${address}`, channel: 'email', update }]);

  /** Everything after the mark, one after the other. */
  const look = async (open: ImapFlow): Promise<void> => {
    if (!open.mailbox) return;
    const validity = String(open.mailbox.uidValidity);
    const kept = mark.safeParse((await db.settings.findOne({ _id: key }))?.value);
    const known = kept.success && kept.data.validity === validity ? kept.data.uid : undefined;
    const remember = (uid: number) =>
      db.settings.updateOne({ _id: key }, { $set: { value: { validity, uid } } }, { upsert: true });
    if (known === undefined) return void (await remember(open.mailbox.uidNext - 1));
    const found = await open.fetchAll(`${known + 1}:*`, { uid: true, size: true }, { uid: true });
    // "n:*" names the last letter even when it is older.
    for (const { uid, size } of found.filter((one) => one.uid > known).sort((a, b) => a.uid - b.uid)) {
      if ((size ?? 0) > largest) log({ level: 'warn', mail: 'too large', size });
      else {
        const letter = await open.fetchOne(String(uid), { uid: true, source: true }, { uid: true });
        if (letter && letter.source) await take(idOf(letter.source), letter.source);
      }
      await remember(uid);
    }
  };

  const session = async (): Promise<void> => {
    const { ImapFlow: Client } = await import('imapflow');
    const secure = where.protocol === 'imaps:';
    const open = new Client({
      host: where.hostname,
      port: Number(where.port) || (secure ? 993 : 143),
      secure,
      ...(where.searchParams.get('tls') === 'off' && { doSTARTTLS: false }),
      auth: { user: decodeURIComponent(where.username), pass: decodeURIComponent(where.password) },
      logger: false,
    });
    client = open;
    // Without a listener a broken connection would end the process.
    open.on('error', (error: unknown) => log({ level: 'warn', mailbox: String(error) }));
    // A letter, or the end, may come while the mailbox is being looked at.
    const seen = { news: false };
    const note = () => {
      seen.news = true;
      wake();
    };
    open.on('exists', note);
    open.on('close', note);
    await open.connect();
    try {
      await open.mailboxOpen('INBOX', { readOnly: true });
      while (running && open.usable) {
        seen.news = false;
        await look(open);
        if (seen.news) continue;
        // Ends by itself when the mailbox is looked at again.
        open.idle().catch(() => undefined);
        await pause(lookEvery);
      }
    } finally {
      open.close();
    }
  };

  const loop = async (): Promise<void> => {
    for (let failures = 0; running;) {
      try {
        await session();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (running) log({ level: 'warn', mailbox: String(error), failures });
      }
      if (running) await pause(Math.min(500 * 2 ** failures, longest));
    }
  };
  const done = loop();
  return {
    stop: async () => {
      running = false;
      client?.close();
      wake();
      await done;
    },
  };
}

/** The same letter has the same id wherever it is read again: after a crash, by another process, under new UIDs. */
function idOf(source: Uint8Array): string {
  const text = Buffer.from(source);
  const named = /^message-id:[ \t]*\r?\n?[ \t]*(<[^>\r\n]+>)/im.exec(
    text.subarray(0, 65_536).toString('latin1'),
  )?.[1];
  return `mail:${createHash('sha256')
    .update(named ?? text)
    .digest('base64url')
    .slice(0, 24)}`;
}
