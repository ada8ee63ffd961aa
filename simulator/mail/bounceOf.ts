import { agencyMailbox } from './mailOffice.ts';

/** The notice that a letter could not be delivered (RFC 3464), with the letter's own headers. */
export function bounceOf(raw: Buffer, recipient: string, status = '5.1.1'): Buffer {
  const text = raw.toString('latin1');
  const headers = text.slice(0, text.indexOf('\r\n\r\n'));
  const lines = [
    'From: Mail Delivery System <mailer-daemon@mail.test>',
    `To: ${agencyMailbox}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <bounce-${recipient}-${status}-${headers.length}@mail.test>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"',
    '',
    '--b0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `The letter to ${recipient} could not be delivered.`,
    '',
    '--b0',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.test',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 No such mailbox here',
    '',
    '--b0',
    'Content-Type: text/rfc822-headers',
    '',
    headers,
    '',
    '--b0--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
