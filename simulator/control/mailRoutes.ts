import { z } from 'zod';
import { composeLetter } from '../mail/composeLetter.ts';
import { agencyMailbox, mailFaultKinds } from '../mail/mailOffice.ts';
import { ControlError } from './controlError.ts';
import { describeLetter, mailOf } from './describeLetter.ts';
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
      return Promise.all(box.map((letter) => describeLetter(mail, letter)));
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

function send({ sim, body }: Visit): Promise<object> {
  return writeLetter(sim, parse(sending, body));
}

/** A letter to the agency. @throws ControlError 404 when it answers one that is not there */
export async function writeLetter(
  sim: Visit['sim'],
  draft: z.output<typeof sending>,
): Promise<{ uid: number }> {
  const mail = mailOf(sim);
  const { answers } = draft;
  const letter =
    answers === undefined ? undefined : mail.office.box(draft.from).find(({ uid }) => uid === answers);
  if (answers !== undefined && !letter)
    throw new ControlError(404, `${draft.from} has no letter ${answers} to answer`);
  const answered = letter && (await describeLetter(mail, letter));
  const number = mail.office.box(agencyMailbox).length + 1;
  const raw = composeLetter({ ...draft, answers: answered }, number, sim.world.clock.iso());
  for (let times = 1; times < draft.times; times += 1) mail.office.deliver(agencyMailbox, raw);
  return { uid: mail.office.deliver(agencyMailbox, raw).uid };
}
