import { z } from 'zod';

const shape = z.object({ smtp: z.string(), imap: z.string(), from: z.string() });

/** Where the simulator's own mail servers are: in the demo letters leave and come by them. */
export async function simulatorMail(
  url: string,
): Promise<{ smtpUrl: string; imapUrl: string; mailFrom: string }> {
  const response = await fetch(`${url}/sim/mail`);
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to GET /sim/mail`);
  const { smtp, imap, from } = shape.parse(await response.json());
  return { smtpUrl: smtp, imapUrl: imap, mailFrom: from };
}
