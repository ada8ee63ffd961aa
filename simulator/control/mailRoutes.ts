import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { composeLetter } from '../mail/composeLetter.ts';
import { type Mail } from '../mail/mail.ts';
import { agencyMailbox, mailFaultKinds, type StoredLetter } from '../mail/mailOffice.ts';
import { ControlError } from './controlError.ts';
import { parse } from './parse.ts';
import { type Route, type Visit } from './route.ts';

const address = z.email();
const sending = z.strictObject({
  from: address,
  text: z.string().max(20_000).default(''),
  subject: z.string().max(200).optional(),
  /** The number of the letter that is answered. */
  answers: z.number().int().optional(),
  file: z.strictObject({ name: z.string().min(1).max(255), base64: z.base64() }).optional(),
  auto: z.boolean().optional(),
  /** A server that is unsure whether it was taken delivers it again. */
  times: z.number().int().min(1).max(10).default(1),
});
const fault = z.strictObject({
  address,
  kind: z.enum(mailFaultKinds),
  times: z.number().int().min(1).max(1_000_000).default(1),
});

/** People's mailboxes, what they write to the agency, and mail that goes wrong. */
export const mailRoutes: Route[] = [
  {
    method: 'GET',
    path: '/sim/mail',
    run: ({ sim }) => ({
      smtp: `smtp://agency:secret@127.0.0.1:${mailOf(sim).smtpPort}?tls=off`,
      imap: `imap://agency:secret@127.0.0.1:${mailOf(sim).imapPort}?tls=off`,
      from: agencyMailbox,
      boxes: mailOf(sim).office.boxes(),
    }),
  },
  {
    method: 'GET',
    path: '/sim/mail/letters/:address',
    run: async ({ sim, path }) => {
      const mail = mailOf(sim);
      const box = mail.office.box(decodeURIComponent(path['address'] ?? ''));
      return Promise.all(box.map((letter) => describe(mail, letter)));
    },
  },
  { method: 'POST', path: '/sim/mail/send', run: send },
  {
    method: 'POST',
    path: '/sim/mail/faults',
    run: ({ sim, body }) => {
      const order = parse(fault, body);
      mailOf(sim).office.order(order.address, order.kind, order.times);
      return order;
    },
  },
  {
    method: 'POST',
    path: '/sim/mail/drop',
    run: ({ sim }) => {
      mailOf(sim).drop();
      return {};
    },
  },
];

async function send({ sim, body }: Visit): Promise<object> {
  const draft = parse(sending, body);
  const mail = mailOf(sim);
  const { answers } = draft;
  const letter =
    answers === undefined ? undefined : mail.office.box(draft.from).find(({ uid }) => uid === answers);
  if (answers !== undefined && !letter)
    throw new ControlError(404, `${draft.from} has no letter ${answers} to answer`);
  const answered = letter && (await describe(mail, letter));
  const number = mail.office.box(agencyMailbox).length + 1;
  const raw = composeLetter({ ...draft, answers: answered }, number, sim.world.clock.iso());
  for (let times = 1; times < draft.times; times += 1) mail.office.deliver(agencyMailbox, raw);
  return { uid: mail.office.deliver(agencyMailbox, raw).uid };
}

/** A letter as a mail program shows it. */
async function describe({ office }: Mail, letter: StoredLetter) {
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

function mailOf(sim: Visit['sim']): Mail {
  if (!sim.mail) throw new ControlError(503, 'the mail servers are not open yet');
  return sim.mail;
}
