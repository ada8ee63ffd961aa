import type { NodemailerError, SendMailOptions } from 'nodemailer';
import type { SendResult } from '../../runtime/channel.ts';

/** Gives one letter to the agency's mail server. */
export type Mailer = (letter: SendMailOptions) => Promise<SendResult>;

const silent = () => undefined;
/** A server that does not speak for so long is not there, in milliseconds. */
const patience = 20_000;

/**
 * A mailer for `smtps://user:password@host:465`. The library is loaded with the first letter. A letter is only known
 * not to have arrived while the server has not said 354 ("go ahead", RFC 5321, 4.3.2): a connection that breaks
 * afterwards is `uncertain`, which the library's own errors do not tell.
 */
export function makeMailer(url: string): Mailer {
  return async (letter) => {
    const { createTransport } = await import('nodemailer');
    let goAhead = false;
    const logger = {
      level: silent,
      trace: silent,
      debug: (entry: unknown, line: unknown) => {
        if (isServers(entry) && String(line).startsWith('354')) goAhead = true;
      },
      info: silent,
      warn: silent,
      error: silent,
      fatal: silent,
    };
    const transport = createTransport({
      ...readUrl(url),
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      transactionLog: true,
      logger,
    });
    try {
      const { messageId } = await transport.sendMail(letter);
      return { outcome: 'sent', messageId };
    } catch (error) {
      if (!isMailError(error)) throw error;
      return explainMail(error, goAhead);
    } finally {
      transport.close();
    }
  };
}

/** What an answer of the server, or none, means. Codes: RFC 5321 4.2.3, RFC 3463. */
export function explainMail(
  error: Pick<NodemailerError, 'message' | 'code' | 'responseCode' | 'response' | 'command'>,
  goAhead: boolean,
): Exclude<SendResult, { outcome: 'sent' }> {
  const { responseCode, response = '', command } = error;
  const text = [error.code, responseCode, response.slice(0, 200) || error.message].filter(Boolean).join(' ');
  if (responseCode === undefined) return { outcome: goAhead ? 'uncertain' : 'notArrived', error: text };
  // Greylisting and full queues say when they feel like it; a minute is what most want.
  if (responseCode < 500) return { outcome: 'notArrived', error: text, retryAfter: 60_000 };
  const nobody =
    /\b5\.(1\.[0-36]|2\.1)\b/.test(response) || (responseCode === 550 && !/5\.\d+\.\d+/.test(response));
  return { outcome: command === 'RCPT TO' && nobody ? 'blocked' : 'refused', error: text };
}

function readUrl(text: string): object {
  const { protocol, hostname, port, username, password, searchParams } = new URL(text);
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(searchParams.get('tls') === 'off' && { ignoreTLS: true }),
  };
}

function isServers(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'server';
}

function isMailError(error: unknown): error is NodemailerError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
