import type { Api } from 'grammy';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { isDuplicate } from '../../models/databaseErrors.ts';
import { followCard } from '../../models/followCard.ts';
import type { TopicRow } from '../../models/rows.ts';
import type { Channel, DeskChannel, SendResult } from '../../runtime/channel.ts';
import type { Clock } from '../../runtime/clock.ts';
import { untilReached } from '../../runtime/untilReached.ts';
import { explain } from './makeTelegram.ts';

/** The calls the desk needs beside those of a chat. */
export type DeskApi = Pick<Api, 'createForumTopic' | 'deleteForumTopic' | 'setMessageReaction'>;

/** Telegram's longest name of a topic. */
const longestName = 128;

/** What Telegram says of a topic somebody deleted or closed for the bot. */
const gone = /thread not found|TOPIC_DELETED|TOPIC_ID_INVALID|TOPIC_CLOSED/i;

/** Marks on what a recruiter wrote: it went on to the candidate, or it did not. Only Telegram's own set is allowed. */
const marks = { sent: '\u{1F44C}', failed: '\u{1F44E}' } as const;

/**
 * The recruiters' desk: a supergroup with a topic for each candidate. An address is a candidate's id; the topic is made
 * with the first message to it, and anew when somebody has deleted it. A process that dies between making a topic and
 * writing it down leaves an empty one behind.
 */
export function makeDeskChannel(deps: {
  api: DeskApi;
  db: Pick<Database, 'topics' | 'candidates' | 'vacancies'>;
  clock: Pick<Clock, 'sleep'>;
  policy: Policy;
  telegram: Channel;
  /** A topic stands where there was none: its card is to be drawn there. */
  begun: (candidate: string, thread: number) => Promise<void>;
}): DeskChannel {
  const { api, db, clock, policy, telegram } = deps;
  const { pace } = telegram;

  const nameOf = async (candidate: string): Promise<string> => {
    const person = await followCard(db, candidate);
    const vacancy = person?.applications.at(-1)?.vacancy;
    const title = vacancy === undefined ? null : await db.vacancies.findOne({ _id: vacancy });
    return [person?.name ?? candidate, title?.title.ru].filter(Boolean).join(' · ').slice(0, longestName);
  };

  /** Its own, else that of a card that was joined to it: the talk goes on where it was. */
  const topicOfCard = async (candidate: string): Promise<TopicRow | null> => {
    const own = await db.topics.findOne({ _id: candidate });
    if (own) return own;
    const joined = (await followCard(db, candidate))?.joined ?? [];
    return joined.length > 0 ? db.topics.findOne({ _id: { $in: joined }, chat: policy.deskChat }) : null;
  };

  const make = async (candidate: string, chat: string): Promise<number> => {
    const name = await untilReached(clock, () => nameOf(candidate));
    const { message_thread_id: thread } = await api.createForumTopic(chat, name);
    const row = { _id: candidate, chat, thread };
    await untilReached(clock, () => db.topics.replaceOne({ _id: candidate }, row, { upsert: true })).catch(
      (error: unknown) => {
        if (!isDuplicate(error)) throw error;
      },
    );
    return thread;
  };

  const topicOf = async (candidate: string, chat: string): Promise<number> => {
    const known = await untilReached(clock, () => topicOfCard(candidate));
    return known?.chat === chat ? known.thread : make(candidate, chat);
  };

  const send: Channel['send'] = async (candidate, message, more) => {
    const chat = policy.deskChat;
    if (chat === '') return { outcome: 'refused', error: 'there is no desk' };
    const attempt = async (): Promise<SendResult> => {
      try {
        return await telegram.send(chat, message, { ...more, thread: await topicOf(candidate, chat) });
      } catch (error) {
        return explain(error);
      }
    };
    const result = await attempt();
    if (result.outcome !== 'refused' || !gone.test(result.error)) return result;
    const dead = await untilReached(clock, () => topicOfCard(candidate));
    await untilReached(clock, () => db.topics.deleteOne({ _id: dead?._id ?? candidate }));
    const again = await attempt();
    const topic = await untilReached(clock, () => db.topics.findOne({ _id: candidate }));
    if (topic) await untilReached(clock, () => deps.begun(candidate, topic.thread));
    return again;
  };

  return {
    send,
    mark: async (message, outcome) => {
      if (policy.deskChat === '') return;
      await api
        .setMessageReaction(policy.deskChat, message, [{ type: 'emoji', emoji: marks[outcome] }])
        .catch((error: unknown) => void explain(error));
    },
    close: async (candidates) => {
      for (const { chat, thread } of await db.topics.find({ _id: { $in: candidates } }).toArray())
        await api.deleteForumTopic(chat, thread).catch((error: unknown) => void explain(error));
    },
    ...(pace && {
      pace: {
        ...pace,
        free: () => pace.free(policy.deskChat),
        turn: (_, urgency) => pace.turn(policy.deskChat, urgency),
        resting: () => pace.resting(policy.deskChat),
        rested: () => pace.rested(policy.deskChat),
      },
    }),
  };
}
