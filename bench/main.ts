import { chatOfBareGrammy, chatOfProduct } from './chat.ts';
import { demoStart } from './demo.ts';
import { contendedBookings, lateness } from './engine.ts';

/** `npm run bench`: this machine's figures, each beside its peer or limit of the same run. */
const rows: [what: string, ours: string, peer: string, aim: string][] = [];
const ms = (value: number) => `${value.toFixed(1)} ms`;

const bare = await chatOfBareGrammy();
const ours = await chatOfProduct();
rows.push(['reply, p50 at 30/s', ms(ours.p50), `${ms(bare.p50)} bare grammY`, '']);
rows.push(['reply, p99 at 30/s', ms(ours.p99), `${ms(bare.p99)} bare grammY`, '< 50 ms']);
rows.push([
  'updates/s sustained',
  ours.sustained.toFixed(0),
  `${bare.sustained.toFixed(0)} bare grammY`,
  '>= 200',
]);
const bookings = await contendedBookings();
rows.push([
  'claims/s on 20 windows, 64 people',
  `${bookings.perSecond.toFixed(0)} (${bookings.doubled} doubled)`,
  `${bookings.bare.toFixed(0)} bare updates`,
  '0 doubled',
]);
const late = await lateness();
rows.push([`alarms late, p50 of ${late.count}`, ms(late.p50), '', '']);
rows.push([`alarms late, p99 of ${late.count}`, ms(late.p99), '', '< 150 ms']);
const demo = await demoStart();
rows.push(['start to first reply', `${demo.firstReply.toFixed(1)} s`, '', '< 5 s']);
rows.push([`memory, ${demo.processes} processes`, `${demo.megabytes.toFixed(0)} MB`, '', '< 450 MB']);

const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ');
process.stdout.write(`${rows.map(line).join('\n')}\n`);
process.exit(0);
