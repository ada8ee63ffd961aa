import { makeEmail } from './email/makeEmail.ts';
import { makeMailHandler } from './email/handleMail.ts';
import { makeMailer } from './email/makeMailer.ts';
import { type MailboxWatch, watchMailbox } from './email/watchMailbox.ts';
import type { Database } from '../models/database.ts';
import type { Channel, Handler } from '../runtime/channel.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Files } from '../runtime/files.ts';
import type { Engine } from '../runtime/makeEngine.ts';
import type { PersonLinks } from '../runtime/personLinks.ts';
import type { Words } from '../runtime/words.ts';

/** How the agency's mail is reached; without a part of it that part is not there. */
export interface MailSettings {
  smtpUrl: string | undefined;
  imapUrl: string | undefined;
  mailFrom: string | undefined;
}

/** E-mail as it is set up: the channel for letters out, and what reads those that come. */
export interface Mail {
  channel: Channel | undefined;
  handler: (engine: Engine) => Handler;
  watch: (engine: Engine) => MailboxWatch | undefined;
}

export function openMail(
  { smtpUrl, imapUrl, mailFrom = '' }: MailSettings,
  deps: {
    db: Database;
    words: Words;
    clock: Clock;
    files: Files;
    links: PersonLinks;
    log: (line: object) => void;
  },
): Mail {
  const mailbox = /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
  return {
    channel: smtpUrl ? makeEmail({ ...deps, mailer: makeMailer(smtpUrl), from: mailFrom }) : undefined,
    handler: ({ desk, receipts, members }) =>
      makeMailHandler({ ...deps, desk, receipts, wrote: members.wrote, mailbox }),
    watch: ({ receive }) => (imapUrl ? watchMailbox({ ...deps, url: imapUrl, mailbox, receive }) : undefined),
  };
}
