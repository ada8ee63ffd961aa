import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Channel } from '../../runtime/channel.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import { makePace } from '../../runtime/makePace.ts';
import type { PersonLinks } from '../../runtime/personLinks.ts';
import { untilReached } from '../../runtime/untilReached.ts';
import type { Words } from '../../runtime/words.ts';
import { calendarInvite } from '../calendarInvite.ts';
import { mailText } from './mailText.ts';
import type { Mailer } from './makeMailer.ts';

type More = Parameters<Channel['send']>[2];
type Message = Parameters<Channel['send']>[1];

/** Slow enough for any provider's limit of letters a second. */
const perSecond = 10;

/**
 * E-mail as a channel. A letter has HTML and text, its buttons are links (what is answered is answered on the person's
 * page), an interview comes as an invitation that calendars understand. Its Message-ID is made of the ledger's key, so
 * one letter that is given to a server twice is known as the same; all letters about one application are one thread.
 */
export function makeEmail(deps: {
  mailer: Mailer;
  /** As `Agency <jobs@example.com>`, or the address alone. */
  from: string;
  words: Words;
  clock: Pick<Clock, 'now' | 'real' | 'after' | 'sleep'>;
  files: Pick<Files, 'read'>;
  links: PersonLinks;
}): Channel {
  const { words, clock, links } = deps;
  const mailbox = /<([^>]+)>/.exec(deps.from)?.[1] ?? deps.from;
  const idOf = (kind: 'm' | 't', of: string) => messageId(kind, of, mailbox);

  const letter = async (address: string, message: Message, more: More): Promise<SendMailOptions> => {
    const { application, file, reader } = more;
    const page = application === undefined ? undefined : links.page(application);
    const optOut = application === undefined ? undefined : links.optOut(application);
    const thread = application === undefined ? undefined : idOf('t', application);
    return {
      from: deps.from.includes('<')
        ? deps.from
        : { name: words.label(reader, { key: 'agency.name' }), address: mailbox },
      to: address,
      messageId: idOf('m', more.key),
      ...(thread && { inReplyTo: thread, references: thread }),
      ...mailText(words, reader, message, { page, optOut }),
      headers: {
        // Another program's "I am on holiday" must not answer it (RFC 3834).
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...(optOut && {
          'List-Unsubscribe': `<${optOut}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
      ...(file?.kind === 'ics' && {
        icalEvent: {
          method: file.cancelled ? 'CANCEL' : 'REQUEST',
          filename: 'interview.ics',
          content: calendarInvite(file, words, reader, clock.now(), {
            organizer: mailbox,
            attendee: address,
          }),
        },
      }),
      ...(file && file.kind !== 'ics' && { attachments: [await attachment(file)] }),
    };
  };

  const attachment = async (file: Exclude<More['file'], undefined | { kind: 'ics' }>) => {
    const { bytes, name, type } = await untilReached(clock, () => deps.files.read(file));
    return { filename: name, content: Buffer.from(bytes), contentType: type };
  };

  const pace = makePace(clock, { perSecond, chatGap: () => 0 });
  return {
    send: async (address, message, more) => {
      try {
        const result = await deps.mailer(await letter(address, message, more));
        if (result.outcome === 'notArrived' && result.retryAfter) pace.rest(result.retryAfter, address);
        return result;
      } catch (error) {
        if (error instanceof FileTrouble) return { outcome: 'refused', error: error.message };
        throw error;
      }
    },
    pace,
  };
}

/** `<m-…@example.com>` for a letter, `<t-…@…>` for the thread of an application, which no letter has itself. */
export function messageId(kind: 'm' | 't', of: string, mailbox: string): string {
  const hash = createHash('sha256').update(of).digest('hex').slice(0, 32);
  return `<${kind}-${hash}@${mailbox.split('@').at(-1) ?? 'localhost'}>`;
}
