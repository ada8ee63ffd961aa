import { alarms } from './alarms.ts';
import { broadcastBeside } from './broadcast.ts';
import { chatOfBareGrammy, chatOfProduct } from './chat.ts';
import { claimsUnderKills } from './claims.ts';
import { demoStart } from './demo.ts';
import { contendedBookings } from './engine.ts';
import { freeTimes, freeTimesEverywhere } from './freeTimes.ts';
import { limitForReal, limitForTenMinutes } from './limit.ts';

/** `npm run bench`: this machine's figures, each beside its peer or limit of the same run. Give it the machine alone. */
const rows: string[][] = [['what', 'ours', 'peer', 'limit', 'ratio']];
const ms = (value: number) => `${value.toFixed(1)} ms`;
const ratio = (ours: number, peer: number) => (ours / Math.max(peer, 0.5)).toFixed(2);
const row = (what: string, ours: string, peer: string, limit: string, ratio: string) =>
  rows.push([what, ours, peer, limit, ratio]);

const bare = await chatOfBareGrammy();
const ours = await chatOfProduct();
row('reply, p50 at 30/s', ms(ours.p50), `${ms(bare.p50)} bare grammY`, '', ratio(ours.p50, bare.p50));
row('reply, p99 at 30/s', ms(ours.p99), `${ms(bare.p99)} bare grammY`, '<= 25 ms', ratio(ours.p99, bare.p99));
row(
  'durable conversation, updates/s',
  ours.sustained.toFixed(0),
  `${bare.sustained.toFixed(0)} bare grammY, nothing kept`,
  '>= 200, ratio >= 1',
  ratio(ours.sustained, bare.sustained),
);
row(
  'the same, processor time of one, µs',
  `bot ${ours.cost.bot.toFixed(0)}, store ${ours.cost.store.toFixed(0)}`,
  `${bare.cost.bot.toFixed(0)} bare grammY`,
  '',
  ratio(ours.cost.bot + ours.cost.store, bare.cost.bot),
);
const broadcast = await broadcastBeside();
row(
  `reply beside a broadcast to ${broadcast.people}, p99`,
  ms(broadcast.p99),
  `${broadcast.perSecond.toFixed(0)} of it a second`,
  '<= 200 ms',
  '',
);
row('the same, without waits for a processor', ms(broadcast.ownP99), '', '', '');
const bookings = await contendedBookings();
row(
  'contended windows, claims/s',
  bookings.windows.toFixed(0),
  `${bookings.bare.toFixed(0)} bare conditional updates`,
  'ratio >= 0.7',
  ratio(bookings.windows, bookings.bare),
);
row('whole bookings/s, 64 people on 20', bookings.perSecond.toFixed(0), '', '', '');
row('windows given twice', String(bookings.doubled), '', '0', '');
const claimed = await claimsUnderKills();
row(
  `windows without one owner: ${claimed.windows}, 64 claimants, ${claimed.kills} kills`,
  String(claimed.wrong),
  '',
  '0',
  '',
);
row(
  'the same, claims/s',
  claimed.perSecond.toFixed(0),
  `${claimed.bare.toFixed(0)} bare conditional updates, no kills`,
  'ratio >= 0.7',
  ratio(claimed.perSecond, claimed.bare),
);
for (const use of [await limitForTenMinutes(), await limitForReal()]) {
  const how = use.seconds === 600 ? 'virtual' : 'real';
  row(
    `Telegram's 30/s used, ${use.seconds} s, ${how}`,
    `${(use.share * 100).toFixed(1)} %`,
    '',
    '>= 97 %',
    '',
  );
  row(`most in any sliding second, ${how}`, String(use.most), '', '<= 30', '');
}
const free = freeTimes();
row(
  'free times, p99: 10 people, 30 days, 200 bookings each',
  `${free.p99.toFixed(2)} ms`,
  `${free.plain.toFixed(0)} ms plain Luxon`,
  '<= 1 ms, 1,000 times faster',
  `1:${(free.plain / free.p50).toFixed(0)}`,
);
const everywhere = freeTimesEverywhere();
row(
  `free times unlike plain Luxon's, ${everywhere.compared} clock changes`,
  String(everywhere.different),
  '',
  '0',
  '',
);
const late = await alarms(100_000);
row(
  `alarms late, p99 of ${late.ours.count}, 100,000 more waiting`,
  ms(late.ours.p99),
  `${ms(late.bare.p99)} bare setTimeout`,
  '< 150 ms, ratio <= 2',
  ratio(late.ours.p99, late.bare.p99),
);
row(
  'the same beside Agenda',
  ms(late.ours.p99),
  `${ms(late.agenda.p99)} tuned Agenda alone, ${late.agenda.count}`,
  'ratio <= 0.5',
  ratio(late.ours.p99, late.agenda.p99),
);
row('alarms early', String(late.ours.early), `${late.agenda.early} Agenda`, '0', '');
const demo = await demoStart();
row('start to first reply', `${demo.firstReply.toFixed(1)} s`, '', '< 5 s', '');
row(`memory, ${demo.processes} processes`, `${demo.megabytes.toFixed(0)} MB`, '', '< 450 MB', '');
row(`memory after ${demo.conversations} conversations`, `${demo.later.toFixed(0)} MB`, '', '< 450 MB', '');

const widths =
  rows[0]?.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length))) ?? [];
const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ');
process.stdout.write(`${rows.map(line).join('\n')}\n`);
process.exit(0);
