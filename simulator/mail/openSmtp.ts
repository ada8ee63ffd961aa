import { SMTPServer } from 'smtp-server';
import { bounceOf } from './bounceOf.ts';
import { agencyMailbox, type MailOffice } from './mailOffice.ts';

/**
 * The mail server of everybody: takes any letter and puts it into its mailbox, or fails as ordered.
 * @returns its port on loopback and how to close it.
 */
export async function openSmtp(office: MailOffice): Promise<{ port: number; close: () => void }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    size: 40 * 1024 * 1024,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
    onRcptTo: ({ address }, session, done) => {
      if (office.take(address, 'drop-before')) return cut(server, session.id);
      if (office.take(address, 'gone')) return done(answer(550, '5.1.1 No such mailbox here'));
      if (office.take(address, 'full')) return done(answer(452, '4.2.2 Mailbox full, try later'));
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const raw = Buffer.concat(chunks);
        for (const { address } of session.envelope.rcptTo) {
          if (office.take(address, 'bounce')) {
            office.deliver(agencyMailbox, bounceOf(raw, address));
            continue;
          }
          office.deliver(address, raw);
          if (office.take(address, 'drop-after')) return cut(server, session.id);
        }
        done();
      });
    },
  });
  // A client that goes away in the middle is no fault of ours.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => void server.close(() => undefined),
  };
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** The line breaks without a word. */
function cut(server: SMTPServer, id: string): void {
  for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
}
