import { type Mail } from '../mail/mail.ts';
import { type StoredLetter } from '../mail/mailOffice.ts';
import { ControlError } from './controlError.ts';
import { type Visit } from './route.ts';

/** A letter as a mail program shows it. The parser takes 18 MB: it is loaded with the first letter. */
export async function describeLetter({ office }: Mail, letter: StoredLetter) {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(office.raw(letter));
  const header = (name: string): string => {
    const line = mail.headerLines.find(({ key }) => key === name)?.line ?? '';
    return line
      .slice(line.indexOf(':') + 1)
      .replaceAll(/\s+/g, ' ')
      .trim();
  };
  return {
    uid: letter.uid,
    at: new Date(letter.at).toISOString(),
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    messageId: mail.messageId ?? '',
    references: [mail.references ?? []].flat(),
    unsubscribe: /<([^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? null,
    files: mail.attachments.map(({ filename, contentType, content }) => ({
      name: filename ?? '',
      type: contentType,
      base64: content.toString('base64'),
      ...(contentType === 'text/calendar' && { text: content.toString('utf8') }),
    })),
  };
}

/** @throws ControlError 503 */
export function mailOf(sim: Visit['sim']): Mail {
  if (!sim.mail) throw new ControlError(503, 'the mail servers are not open yet');
  return sim.mail;
}
