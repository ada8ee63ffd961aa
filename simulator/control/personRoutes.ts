import { z } from 'zod';
import { type ChatState, type Person } from '../records.ts';
import { profiles } from '../profiles.ts';
import { menuFor } from '../telegram/commandKey.ts';
import { ControlError } from './controlError.ts';
import { describeMessage } from './describeMessage.ts';
import { parse } from './parse.ts';
import { postOf } from './postOf.ts';
import { type Route, type Visit } from './route.ts';
import { whichBot, whichPerson } from './who.ts';

const newPerson = z
  .strictObject({
    id: z
      .number()
      .int()
      .min(1)
      .max(2 ** 52)
      .optional(),
    name: z.string().trim().min(1).max(128),
    lang: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language tag such as ru or en'),
    phone: z
      .string()
      .regex(/^\+?\d{5,15}$/, 'must be a phone number such as +79161234567')
      .optional(),
    channel: z.enum(['telegram', 'whatsapp', 'max', 'email', 'sms']).optional(),
    email: z.email().toLowerCase().optional(),
    username: z
      .string()
      .regex(/^[A-Za-z]\w{3,31}$/)
      .optional(),
  })
  .refine(
    ({ channel, phone }) => (channel !== 'whatsapp' && channel !== 'sms') || phone !== undefined,
    'WhatsApp and SMS are known by the phone',
  )
  .refine(({ channel, email }) => channel !== 'email' || email !== undefined, 'mail needs an email');
const listing = z.object({
  after: z.coerce.number().int().min(0).default(0),
  since: z.coerce.number().int().min(0).default(0),
  bot: z.coerce.number().int().optional(),
});
const named = z.strictObject({ bot: z.number().int().optional() });

/** People: who they are, what they see, whether they have blocked the bot. */
export const personRoutes: Route[] = [
  {
    method: 'GET',
    path: '/sim/users',
    run: ({ sim }) => [...sim.world.people.values()].map((p) => show(sim.world.chat(p.id), p)),
  },
  {
    method: 'POST',
    path: '/sim/users',
    run: ({ sim, body }) => ({ id: sim.world.savePerson(parse(newPerson, body)).id }),
  },
  {
    method: 'GET',
    path: '/sim/users/:id/messages',
    run: (visit) => {
      const { after, since, bot } = parse(listing, Object.fromEntries(visit.query));
      const { world } = visit.sim;
      const { person } = whichPerson(visit);
      const post = postOf(visit.sim, person);
      if (post) return post.then((all) => all.filter(({ id }) => id > after && id > since));
      return world
        .messages(person.id)
        .filter((m) => m.message.message_id > after && m.rev > since && (bot === undefined || m.bot === bot))
        .filter((m) => !m.deleted || since > 0)
        .map((m) => describeMessage(world, m));
    },
  },
  {
    method: 'GET',
    path: '/sim/users/:id/menu',
    run: (visit) => {
      const { person } = whichPerson(visit);
      const bot = whichBot(visit);
      const language = person.lang.slice(0, 2);
      return {
        bot: {
          id: bot.id,
          username: bot.username,
          name: bot.names[language] ?? profiles.bot(bot).first_name,
          description: bot.descriptions[language] ?? bot.descriptions[''] ?? '',
        },
        commands: menuFor(bot, person),
        menuButton: bot.menuButtons[person.id] ?? bot.menuButtons[''] ?? { type: 'commands' },
        keyboard: visit.sim.world.chat(person.id).keyboards[bot.id]?.markup ?? null,
      };
    },
  },
  { method: 'POST', path: '/sim/users/:id/block', run: (visit) => setBlocked(visit, true) },
  { method: 'POST', path: '/sim/users/:id/unblock', run: (visit) => setBlocked(visit, false) },
];

function show(chat: ChatState, person: Person): object {
  // Mail and SMS are not begun.
  const post = person.channel === 'email' || person.channel === 'sms';
  return { ...person, started: post || chat.started.length > 0, blocked: chat.blocked.length > 0 };
}

/** Telegram tells a bot with `my_chat_member` when a person blocks it or takes it back. */
function setBlocked(visit: Visit, blocked: boolean): object {
  const { sim } = visit;
  const { person, chat } = whichPerson(visit);
  if (person.channel === 'email' || person.channel === 'sms')
    throw new ControlError(400, 'whoever is on mail or SMS has no chat to block');
  const bot = whichBot(visit, parse(named, visit.body).bot);
  if (chat.blocked.includes(bot.id) === blocked) return { blocked };
  chat.blocked = blocked ? [...chat.blocked, bot.id] : chat.blocked.filter((id) => id !== bot.id);
  sim.world.saveChat(chat);
  // WhatsApp tells nobody who has blocked whom.
  if (person.channel === 'whatsapp') return { blocked };
  if (person.channel === 'max') {
    if (blocked) sim.max.stopped(person);
    return { blocked };
  }
  const status = (now: boolean): object =>
    now
      ? { user: profiles.bot(bot), status: 'kicked', until_date: 0 }
      : { user: profiles.bot(bot), status: 'member' };
  sim.updates.push(bot, person.id, 'my_chat_member', {
    chat: profiles.chat(person),
    from: profiles.user(person),
    date: sim.world.clock.seconds(),
    old_chat_member: status(!blocked),
    new_chat_member: status(blocked),
  });
  return { blocked };
}
