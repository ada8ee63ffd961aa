import { Bot } from 'grammy';

/** The peer: grammY answering a constant, nothing stored. */
const bot = new Bot('42:bench-bench-bench-bench-bench-bench', { client: { apiRoot: process.argv[2] ?? '' } });
bot.on('message', (ctx) => ctx.reply('ok'));
await bot.start({ onStart: () => void process.send?.({ ready: true }) });
