import type { AddressObject } from 'mailparser';
import { cutQuote } from './cutQuote.ts';

/** What a letter is to us. */
export type Letter =
  | { kind: 'bounce'; messageId: string; recipient: string; status: string; gone: boolean }
  | { kind: 'automatic' }
  | {
      kind: 'reply';
      from: string;
      /** Message-IDs it refers to: ours are known by their form. */
      references: string[];
      text: string;
      files: { name: string; bytes: Uint8Array; picture: boolean }[];
    };

/** How many files of one letter are taken: pictures of signatures come by the dozen. */
const most = 10;

/**
 * Read a letter that came to the agency's mailbox. Notices of delivery (RFC 3464) name the letter that failed and why;
 * whatever says that no human wrote it (RFC 3834, `Precedence`, lists) is never answered.
 */
export async function readLetter(source: Uint8Array, mailbox: string): Promise<Letter> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(Buffer.from(source), { skipImageLinks: true, skipTextLinks: true });
  const header = (name: string) => {
    const line = mail.headerLines.find(({ key }) => key === name)?.line ?? '';
    return line.slice(line.indexOf(':') + 1).trim();
  };
  if (/report-type="?delivery-status/i.test(header('content-type'))) {
    return readBounce(Buffer.from(source).toString('latin1'), mailbox);
  }
  const automatic =
    !['', 'no'].includes(header('auto-submitted').toLowerCase()) ||
    /^(bulk|auto_reply|list|junk)$/i.test(header('precedence')) ||
    ['x-autoreply', 'x-autorespond', 'list-id', 'x-failed-recipients'].some((name) => header(name) !== '') ||
    header('return-path') === '<>';
  const from = addressOf(mail.from);
  if (automatic || !from || from === mailbox.toLowerCase()) return { kind: 'automatic' };
  const text = cutQuote(mail.text ?? '', mailbox);
  const files = mail.attachments
    // A picture inside the text is a logo of the signature, unless there is nothing else.
    .filter(({ related }) => !related || text === '')
    .slice(0, most)
    .map(({ filename, content, contentType }, index) => ({
      name: filename ?? `file-${index + 1}`,
      bytes: new Uint8Array(content),
      picture: contentType.startsWith('image/'),
    }));
  const references = [mail.inReplyTo ?? [], mail.references ?? []].flat();
  return { kind: 'reply', from, references, text, files };
}

/** Only a failure for good counts; "delayed" is no news. Codes: RFC 3463. */
function readBounce(raw: string, mailbox: string): Letter {
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(raw)?.[1]?.trim() ?? '';
  const recipient = field('Final-Recipient')
    .replace(/^[^;]*;\s*/, '')
    .replace(/^<|>$/g, '')
    .toLowerCase();
  const domain = (mailbox.split('@').at(-1) ?? '').replaceAll('.', '\\.');
  const messageId = new RegExp(`<m-[0-9a-f]{32}@${domain}>`, 'i').exec(raw)?.[0] ?? '';
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field('Status'))?.[0] ?? '';
  if (field('Action').toLowerCase() !== 'failed' || recipient === '') return { kind: 'automatic' };
  return { kind: 'bounce', messageId, recipient, status, gone: /^5\.(1\.[0-36]|2\.1)$/.test(status) };
}

function addressOf(from: AddressObject | undefined): string | undefined {
  return from?.value[0]?.address?.toLowerCase();
}
