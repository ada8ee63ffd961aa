import type { Api } from 'grammy';
import type { Message, Update } from 'grammy/types';
import { readMessage } from '../channels/telegram/readUpdate.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { StaffCommand } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import type { Member } from '../flows/member.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import { followCard } from '../models/followCard.ts';
import type { BotDeps } from './botDeps.ts';

type Deps = Pick<BotDeps, 'db' | 'desk' | 'words' | 'policy' | 'livePolicy' | 'clock' | 'log'> & {
  api: Pick<Api, 'sendMessage' | 'setMessageReaction' | 'getChat' | 'getChatMember'>;
  botId: number;
};
type Order = StaffCommand extends infer C
  ? C extends StaffCommand
    ? Omit<C, 'application' | 'by'>
    : never
  : never;

/** A note stays inside the team. Only Telegram's own set of reactions is allowed. */
const noted = '\u{270D}';

/**
 * What members write in the recruiters' group: `/desk` there makes it the desk; in a candidate's topic their words go
 * to the candidate, what begins with `!` or `//` stays a note, `/end` gives the talk back to the bot.
 */
export function makeDesk(deps: Deps): (update: Update) => Promise<void> {
  const { db, words, policy, api } = deps;

  return async (update) => {
    const message = update.message;
    if (!message?.from) return;
    const member = await db.members.findOne({ telegram: String(message.from.id), active: true });
    if (!member || member.role === 'client') return;
    const reply = (key: string, params = {}) =>
      api.sendMessage(message.chat.id, words.text(member, key, params), {
        parse_mode: 'HTML',
        ...(message.message_thread_id !== undefined && { message_thread_id: message.message_thread_id }),
        reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
      });
    const command = /^\/desk(?:@\w+)?(?:\s+(\w+))?\s*$/.exec(message.text ?? '');
    if (command) return void (await reply(await setDesk(deps, member, message, command[1] === 'off')));
    if (String(message.chat.id) !== policy.deskChat || message.message_thread_id === undefined) return;
    const where = { chat: policy.deskChat, thread: message.message_thread_id };
    const topic = await db.topics.findOne(where);
    const candidate = topic && (await followCard(db, topic._id));
    if (!candidate) return;
    const refusal = await carryOut(deps, update, member, candidate, message);
    if (refusal) await reply(`refusal.${refusal.code}`, { name: '—', stage: '—', ...refusal.params });
  };
}

/** @returns why it was refused, if it was */
async function carryOut(
  deps: Deps,
  { update_id: id }: Update,
  member: Member,
  candidate: Candidate,
  message: Message,
): Promise<(Decision & { ok: false }) | undefined> {
  const { desk, api, botId, log } = deps;
  const { applications } = candidate;
  const application = (applications.findLast(({ stage }) => isOpen(stage)) ?? applications.at(-1))?.id;
  if (application === undefined) return { ok: false, code: 'noSuchApplication' };
  const perform = (order: Order, part: string) =>
    desk.perform(candidate._id, { id: `tg:${botId}:${id}:${part}`, application, by: member._id, ...order });
  const { text, file } = readMessage(message, false);
  if (/^\/end(@\w+)?$/.test(text?.trim() ?? '')) return failed(await perform({ type: 'closeRelay' }, 'end'));
  const note = /^(?:!|\/\/)\s*([\s\S]+)$/.exec(text ?? '')?.[1];
  if (note !== undefined) {
    const decision = await perform({ type: 'addNote', text: note }, 'note');
    if (decision.ok)
      await api
        .setMessageReaction(message.chat.id, message.message_id, [{ type: 'emoji', emoji: noted }])
        .catch((error: unknown) => log({ level: 'warn', reaction: String(error) }));
    return failed(decision);
  }
  if (text === undefined && !file) return undefined;
  const opened = await perform({ type: 'openRelay', over: true }, 'open');
  if (!opened.ok) return opened;
  const said = { ...(text !== undefined && { text }), ...(file && { file }) };
  return failed(await perform({ type: 'relayMessage', ...said, mark: message.message_id }, 'say'));
}

function failed(decision: Decision): (Decision & { ok: false }) | undefined {
  return decision.ok ? undefined : decision;
}

/** Make this group the desk, or end it. @returns the key of what is said */
async function setDesk(
  { api, botId, livePolicy, policy }: Deps,
  member: Member,
  { chat }: Message,
  off: boolean,
): Promise<string> {
  if (member.role !== 'head') return 'desk.headOnly';
  const here = String(chat.id);
  if (off && policy.deskChat !== here) return 'desk.notHere';
  if (!off) {
    const group = await api.getChat(chat.id);
    if (group.type !== 'supergroup' || group.is_forum !== true) return 'desk.noTopics';
    const me = await api.getChatMember(chat.id, botId);
    const may = me.status === 'administrator' && me.can_manage_topics === true;
    if (!may) return 'desk.noRight';
  }
  await livePolicy.change({ deskChat: off ? null : here }, member._id);
  return off ? 'desk.off' : 'desk.on';
}
