import { makeMailHandler } from '../../channels/email/handleMail.ts';
import { makeEmail } from '../../channels/email/makeEmail.ts';
import { makeMailer } from '../../channels/email/makeMailer.ts';
import { type MailboxWatch, watchMailbox } from '../../channels/email/watchMailbox.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makePersonLinks } from '../../runtime/personLinks.ts';
import { eventually } from '../support/eventually.ts';
import { channelContract, pages } from './contract.ts';
import { readerOf } from './readerOf.ts';
import type { Ground, Rig, RunningRig } from './rig.ts';

interface Letter {
  text: string;
  files: { name: string; base64: string }[];
}
const mailbox = 'jobs@agency.test';
const addressOf = (phone: string) => `p${phone.slice(1)}@mail.test`;
const log = () => undefined;
/** What comes next comes twice. */
let times = 1;

/** nodemailer and imapflow against the simulator's SMTP and IMAP servers. */
async function build(ground: Ground): Promise<Rig> {
  const answer = await fetch(`${ground.simulatorUrl}/sim/mail`);
  const ports = (await answer.json()) as { smtp: string; imap: string };
  const links = makePersonLinks({ secret: 's', base: pages, clock: ground.clock });
  const by = (smtp: string) => makeEmail({ ...ground, links, from: mailbox, mailer: makeMailer(smtp) });
  let watch: MailboxWatch | undefined;
  return {
    channel: by(ports.smtp),
    away: by('smtp://127.0.0.1:1?tls=off'),
    handler: makeMailHandler({ ...ground, mailbox, wrote: () => Promise.resolve(false) }),
    start: async () => {
      watch = watchMailbox({ ...ground, mailbox, url: ports.imap, log });
      // What lay there before the first look is nobody's answer.
      const marked = () => ground.db.settings.findOne({ _id: /^imap:/ } as never);
      await eventually(marked, (row) => row !== null);
    },
    stop: async () => watch?.stop(),
  };
}

/** Somebody with a mailbox, who is known by it. */
async function join(rig: RunningRig, _name: string, phone: string) {
  const email = addressOf(phone);
  await rig.ground.db.candidates.insertOne({ ...newCandidate(email, defaultPolicy, 0), email });
  const letters = async () => {
    const { body } = await rig.simulator.call('GET', `/sim/mail/letters/${email}`);
    return (body as Letter[]).map(({ text, files }) => {
      const file = files.find(({ name }) => name !== '');
      // A mail program folds the signature away.
      const shown = { text: text.split(/\n-- ?\n/)[0]?.trim() ?? '' };
      return { ...shown, ...(file && { document: { name: file.name, url: file.base64 } }) };
    });
  };
  return readerOf(phone, letters, async (body) => {
    const before = rig.heard.length;
    await rig.simulator.call('POST', '/sim/mail/send', { from: email, times, ...body });
    times = 1;
    await eventually(
      () => Promise.resolve(rig.heard.length),
      (count) => count > before,
      5_000,
    );
  });
}

const kinds: Record<string, string> = { '500': 'drop-before', '429': 'full', block: 'gone' };

channelContract({
  channel: 'email',
  addressOf: ({ phone }) => addressOf(phone),
  join,
  notices: { hears: true, carries: true },
  buttons: false,
  edits: false,
  blocked: 'blocked',
  server: true,
  // Nobody's limit: a letter may be as long as it is.
  longest: Infinity,
  build,
  fault: (kind, rig, address) => {
    if (kind === 'duplicate-update') return (times = 2);
    return rig.simulator.call('POST', '/sim/mail/faults', { address, kind: kinds[kind] ?? kind });
  },
  bytes: ({ url }) => Promise.resolve(Buffer.from(url, 'base64').toString()),
});
