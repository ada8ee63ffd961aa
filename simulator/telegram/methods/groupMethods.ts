import { z } from 'zod';
import { profiles } from '../../profiles.ts';
import { type Group, type Topic } from '../../records.ts';
import { type Call, type Method } from '../call.ts';
import { openChat } from '../openChat.ts';
import { Refusal } from '../refusal.ts';

/** Topics have one of six colours; which one does not matter here. */
const COLOR = 7322096;
const LONGEST_NAME = 128;

/** A part of the emoji Telegram allows as reactions. */
const ALLOWED = [
  '\u{1F44D}',
  '\u{1F44E}',
  '\u{2764}',
  '\u{1F525}',
  '\u{1F44C}',
  '\u{270D}',
  '\u{1F440}',
  '\u{1F91D}',
];
const reactions = z.array(z.looseObject({ type: z.literal('emoji'), emoji: z.string() })).max(1);

/** Groups, their topics, and reactions. */
export const groupMethods: Record<string, Method> = {
  createForumTopic(call) {
    const group = managed(call);
    const name = call.params.text('name') ?? '';
    if (name === '' || name.length > LONGEST_NAME) throw Refusal.bad('invalid topic name');
    const { world, bot } = call;
    const id = world.nextMessageId(group.id);
    const started = { forum_topic_created: { name, icon_color: COLOR }, message_thread_id: id };
    const message = { message_id: id, from: profiles.bot(bot), chat: profiles.group(group), ...started };
    world.saveMessage({ bot: bot.id, rev: 0, message: { ...message, date: world.clock.seconds() } });
    world.saveGroup({ ...group, topics: [...group.topics, { id, name }] });
    return { message_thread_id: id, name, icon_color: COLOR };
  },

  editForumTopic: (call) => change(call, () => ({ name: call.params.text('name') ?? '' })),
  closeForumTopic: (call) => change(call, () => ({ closed: true })),
  deleteForumTopic: (call) => change(call, () => ({ deleted: true })),

  getChatMember(call) {
    const { params, world, bot } = call;
    const { group } = openChat(call);
    const user = params.integer('user_id') ?? 0;
    if (user === bot.id)
      return group?.managed
        ? { status: 'administrator', user: profiles.bot(bot), can_be_edited: false, can_manage_topics: true }
        : { status: 'member', user: profiles.bot(bot) };
    const person = world.people.get(user);
    if (!person) throw Refusal.bad('user not found');
    const status = group && !group.members.includes(user) ? 'left' : 'member';
    return { status, user: profiles.user(person) };
  },

  setMessageReaction(call) {
    const { chat } = openChat(call);
    const found = call.world.message(chat.id, call.params.integer('message_id') ?? 0);
    if (!found) throw Refusal.bad('message to react not found');
    const read = reactions.safeParse(call.params.json('reaction', 'reactions') ?? []);
    if (!read.success) throw Refusal.bad("can't parse reactions");
    const emoji = read.data.map((one) => one.emoji);
    if (emoji.some((one) => !ALLOWED.includes(one))) throw Refusal.bad('REACTION_INVALID');
    found.reactions = emoji;
    call.world.saveMessage(found);
    return true;
  },
};

function managed(call: Call): Group {
  const { group } = openChat(call);
  if (!group?.forum) throw Refusal.bad('the chat is not a forum');
  if (!group.managed) throw Refusal.bad('not enough rights to create a topic');
  return group;
}

function change(call: Call, set: () => Partial<Topic>): true {
  const group = managed(call);
  const id = call.params.integer('message_thread_id') ?? 0;
  if (!group.topics.some((topic) => topic.id === id && topic.deleted !== true))
    throw Refusal.bad('message thread not found');
  const topics = group.topics.map((topic) => (topic.id === id ? { ...topic, ...set() } : topic));
  call.world.saveGroup({ ...group, topics });
  return true;
}
