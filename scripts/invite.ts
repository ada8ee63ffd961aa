import { z } from 'zod';
import { makeInvite } from '../models/invites.ts';
import { attach } from '../runtime/attach.ts';
import { makeClock, randomId } from '../runtime/clock.ts';

/**
 * `node scripts/invite.ts head|recruiter|client [name]` prints a link that gives the role to whoever opens it
 * first. It works beside the running product, and without it once that has run: then the bot's name is known.
 */
const shape = z.tuple([z.enum(['head', 'recruiter', 'client'])]).rest(z.string());
const given = shape.safeParse(process.argv.slice(2));
if (!given.success) {
  process.stderr.write('usage: node scripts/invite.ts head|recruiter|client [name]\n');
  process.exit(2);
}
const [role, ...name] = given.data;
const { db, botUsername, close } = await attach(process.env);
if (botUsername === undefined) {
  await close();
  process.stderr.write(
    'Start the product first (npm start): which bot the link leads to is not known yet.\n',
  );
  process.exit(1);
}
try {
  const token = randomId(22);
  const named = name.join(' ').trim();
  await makeInvite(db, token, { role, createdAt: makeClock().now(), ...(named && { name: named }) });
  process.stdout.write(`https://t.me/${botUsername}?start=inv_${token}\n`);
} finally {
  await close();
}
