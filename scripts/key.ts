import { join } from 'node:path';
import { addKey, listKeys, revokeKey } from '../models/keys.ts';
import { attach } from '../runtime/attach.ts';
import { makeClock, randomId } from '../runtime/clock.ts';
import { loadWords } from '../runtime/words.ts';

/**
 * Keys of the admin API: `node scripts/key.ts <name> [admin|reader]` makes one and shows it once; `list` shows them
 * all, `revoke <id>` ends one. It works beside the running product and without it.
 */
const words = loadWords(join(import.meta.dirname, '../locales'));
const reader = { lang: words.nearest(process.env.LANG?.slice(0, 2)), zone: 'utc' };
const text = (key: string, params = {}) => words.label(reader, { key: `api.key.${key}`, params });
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Ends with a line on stderr: 2 for a wrong use, 1 for something that is not as it was thought to be. */
const complain = (line: string, code: number): never => {
  process.stderr.write(`${line}\n`);
  process.exit(code);
};

const [first = '', second = 'reader', ...rest] = process.argv.slice(2);
if (first === '' || rest.length > 0) complain(text('usage'), 2);
if (first === 'revoke' && process.argv.length < 4) complain(text('usage'), 2);
const role = second === 'admin' ? 'admin' : 'reader';
if (!['list', 'revoke'].includes(first)) {
  if (!/^[\w.-]{1,40}$/.test(first)) complain(text('badName'), 2);
  if (second !== role) complain(text('usage'), 2);
}

const { db, close } = await attach(process.env);
const now = makeClock().now();
let failed: string | undefined;
if (first === 'list') {
  const rows = await listKeys(db);
  if (rows.length === 0) say(text('none'));
  for (const { _id, name, role: may, revoked } of rows) {
    say(
      `${_id.slice(0, 12)}  ${may.padEnd(6)}  ${name}  ${text(revoked === undefined ? 'live' : 'revoked')}`,
    );
  }
} else if (first === 'revoke') {
  const ended = await revokeKey(db, second, now);
  if (ended) say(text('ended', { name: ended.name }));
  else failed = text('notFound');
} else {
  const key = `ra_${randomId(40)}`;
  if (await addKey(db, { key, name: first, role, now })) say(`${text('made')}\n${key}`);
  else failed = text('nameTaken');
}
await close();
if (failed !== undefined) complain(failed, 1);
