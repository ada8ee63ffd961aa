import { z } from 'zod';
import { type Group } from '../records.ts';
import { ControlError } from './controlError.ts';
import { describeMessage } from './describeMessage.ts';
import { parse } from './parse.ts';
import { type Route, type Visit } from './route.ts';

/** Ids of supergroups begin so at Telegram. */
const FIRST_GROUP = -1_001_000_000_001;

const making = z.strictObject({
  title: z.string().trim().min(1).max(128),
  members: z.array(z.number().int()).default([]),
  topics: z.boolean().default(true),
  managed: z.boolean().default(true),
});
const listing = z.object({
  thread: z.coerce.number().int().optional(),
  after: z.coerce.number().int().min(0).default(0),
});

/** Supergroups with topics, as a recruiters' team has one. */
export const groupRoutes: Route[] = [
  { method: 'GET', path: '/sim/groups', run: ({ sim }) => [...sim.world.groups.values()] },
  {
    method: 'POST',
    path: '/sim/groups',
    run({ sim, body }) {
      const { title, members, topics: forum, managed } = parse(making, body);
      for (const id of members)
        if (!sim.world.people.has(id)) throw new ControlError(404, `there is no person ${id}`);
      const id = Math.min(FIRST_GROUP + 1, ...sim.world.groups.keys()) - 1;
      sim.world.saveGroup({ id, title, members, forum, managed, topics: [] });
      return { id };
    },
  },
  {
    method: 'GET',
    path: '/sim/groups/:id/messages',
    run: (visit) => {
      const { thread, after } = parse(listing, Object.fromEntries(visit.query));
      const { world } = visit.sim;
      return world
        .messages(whichGroup(visit).id)
        .filter(({ deleted, message }) => !deleted && message.message_id > after)
        .filter(({ message }) => thread === undefined || message.message_thread_id === thread)
        .map((stored) => ({
          ...describeMessage(world, stored),
          author: stored.message.from.first_name,
          thread: stored.message.message_thread_id,
          reactions: stored.reactions ?? [],
        }));
    },
  },
  {
    method: 'POST',
    path: '/sim/groups/:id/topics/:thread/delete',
    run: (visit) => {
      const group = whichGroup(visit);
      const id = Number(visit.path['thread']);
      if (!group.topics.some((topic) => topic.id === id))
        throw new ControlError(404, `there is no topic ${id}`);
      const topics = group.topics.map((topic) =>
        topic.id === id ? { ...topic, deleted: true as const } : topic,
      );
      visit.sim.world.saveGroup({ ...group, topics });
      return { deleted: id };
    },
  },
];

/** The group that `:id` names. @throws ControlError 404 */
function whichGroup({ sim, path }: Pick<Visit, 'sim' | 'path'>): Group {
  const group = sim.world.groups.get(Number(path['id']));
  if (!group) throw new ControlError(404, `there is no group ${path['id'] ?? ''}`);
  return group;
}
