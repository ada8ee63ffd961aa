import { agencyMailbox } from './mailOffice.ts';

/** What a person writes to the agency. */
export interface Draft {
  from: string;
  text: string;
  subject?: string | undefined;
  /** The letter that is answered: it is quoted below, as mail programs do. */
  answers?: { messageId: string; references: string[]; subject: string; text: string } | undefined;
  file?: { name: string; base64: string } | undefined;
  /** An autoresponder's letter. */
  auto?: boolean | undefined;
}

/** A letter as a mail program would write it, quotation and all. */
export function composeLetter(draft: Draft, number: number, at: string): Buffer {
  const { answers, file } = draft;
  const quoted = answers
    ? `\r\n\r\nOn ${at.slice(0, 10)} at ${at.slice(11, 16)}, Agency <${agencyMailbox}> wrote:\r\n${answers.text
        .split(/\r?\n/)
        .map((line) => `> ${line}`)
        .join('\r\n')}`
    : '';
  const subject = draft.subject ?? (answers ? `Re: ${answers.subject}` : '');
  const text = (body: string): string[] => [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    wrap(Buffer.from(body).toString('base64')),
  ];
  const head = [
    `From: ${draft.from}`,
    `To: ${agencyMailbox}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${new Date(at).toUTCString()}`,
    `Message-ID: <${number}.${at.replaceAll(/\D/g, '')}@mail.test>`,
    ...(answers
      ? [
          `In-Reply-To: ${answers.messageId}`,
          `References: ${[...answers.references, answers.messageId].join(' ')}`,
        ]
      : []),
    ...(draft.auto ? ['Auto-Submitted: auto-replied', 'Precedence: bulk'] : []),
    'MIME-Version: 1.0',
  ];
  const body = text(draft.text + quoted);
  if (!file) return Buffer.from([...head, ...body, ''].join('\r\n'));
  const name = `=?utf-8?B?${Buffer.from(file.name).toString('base64')}?=`;
  const lines = [
    ...head,
    'Content-Type: multipart/mixed; boundary="b0"',
    '',
    '--b0',
    ...body,
    '--b0',
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    wrap(file.base64),
    '--b0--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

function wrap(base64: string): string {
  return base64.replaceAll(/(.{76})(?=.)/g, '$1\r\n');
}
