import { called } from '../messengers.ts';
import { profiles } from '../profiles.ts';
import { findFile } from '../telegram/findFile.ts';
import { ControlError } from './controlError.ts';
import { type Route } from './route.ts';

/** What the chat page needs besides: the bots, the files of messages, and news as they happen. */
export const pageRoutes: Route[] = [
  {
    method: 'GET',
    path: '/sim/bots',
    run: ({ sim }) =>
      [...sim.world.bots.values()]
        .sort((a, b) => a.id - b.id)
        .map((bot) => ({
          id: bot.id,
          username: bot.username,
          name: profiles.bot(bot).first_name,
          active: bot.id === sim.world.activeBot,
        })),
  },
  { method: 'GET', path: '/sim/messengers', run: () => called },
  {
    method: 'GET',
    path: '/sim/files/:unique',
    run({ sim, path, res }) {
      const found = findFile(sim.world, 'unique', path['unique'] ?? '');
      const bytes = found && sim.world.store.file(found.path);
      if (!bytes) throw new ControlError(404, 'there is no such file');
      const picture = /^image\/(png|jpeg|webp)$/.test(found.type);
      res.writeHead(200, {
        'content-type': found.type,
        'content-length': bytes.length,
        'content-disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(found.name)}`,
        'x-content-type-options': 'nosniff',
      });
      res.end(bytes);
    },
  },
  {
    method: 'GET',
    path: '/sim/events',
    run({ sim, res }) {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      res.write(': here\n\n');
      const beat = setInterval(() => res.write(': still here\n\n'), 15_000);
      const leave = sim.world.events.listen((event) => {
        // A page that does not read is cut off rather than filling the memory; it comes back by itself.
        if (res.writableLength > 1_000_000) res.destroy();
        else res.write(`data: ${JSON.stringify(event)}\n\n`);
      });
      res.once('close', () => {
        clearInterval(beat);
        leave();
      });
    },
  },
];
