import type { Update } from 'grammy/types';
import type { ClientCallEvent } from '../../flows/clientCalls/clientCall.ts';
import type { StaffCommand } from '../../flows/event.ts';
import type { Member } from '../../flows/member.ts';
import type { Params } from '../../flows/effect.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Desk } from '../../runtime/desk.ts';
import type { ClientCalls } from '../../runtime/makeClientCalls.ts';
import type { GroupChange, Groups } from '../../runtime/makeGroups.ts';
import type { FactReader } from '../../runtime/readFacts.ts';
import type { Rendered } from '../../runtime/words.ts';
import { botId } from './makeProcess.ts';

type Without<C> = C extends unknown ? Omit<C, 'application' | 'by'> : never;
export type Order = Without<StaffCommand>;

/** What the host of groups presses. */
export type GroupOrder =
  | { type: 'makeGroup'; id: string; vacancy: string; start: number; places: number }
  | { type: 'changeGroup'; id: string; change: GroupChange };

type Unsigned<E> = E extends unknown ? Omit<E, 'id' | 'by' | 'manager'> : never;
type CallDeed = Exclude<ClientCallEvent, { type: 'callTimerDue' }>;
/** What is pressed about a call with a client; whoever plans one holds it. */
export type CallOrder =
  | Unsigned<Extract<CallDeed, { type: 'planCall' }>>
  | (Unsigned<Exclude<CallDeed, { type: 'planCall' }>> & { call: string });

async function orderCall(
  { clientCalls }: StaffDeps,
  by: string,
  order: CallOrder,
  id: string,
): Promise<void> {
  if (order.type === 'planCall') await clientCalls.plan({ ...order, id, by, manager: by });
  else await clientCalls.perform(order.call, { ...order, id, by });
}

async function orderGroup(
  { db, groups, clock }: StaffDeps,
  by: string,
  order: GroupOrder,
  event: string,
): Promise<void> {
  const { id: _id } = order;
  if (order.type === 'makeGroup') {
    const { vacancy, start, places } = order;
    const about = { kind: 'interview' as const, minutes: 60, format: 'office' as const, host: by, by };
    return groups.make({ _id, vacancy, start, places, ...about, createdAt: clock.now() }, event);
  }
  const group = await db.groups.findOne({ _id });
  if (group) await groups.change(_id, group.version, order.change, by, event);
}

interface StaffDeps {
  db: Database;
  desk: Desk;
  reader: FactReader;
  groups: Groups;
  clientCalls: ClientCalls;
  clock: Pick<Clock, 'now'>;
}

/**
 * The staff's bot in short: a press carries its order, and becomes the same event with the same id as in `bot/`.
 * The wording of cards and menus is tested with the bot itself; here it is what members do that counts.
 */
export function staffUpdate(deps: StaffDeps): (update: Update) => Promise<void> {
  const { db, desk, reader } = deps;
  return async (update) => {
    const query = update.callback_query;
    if (!query?.data) return;
    const [application = '', text = ''] = query.data.split('|');
    const member = (await reader.members()).find(({ telegram }) => telegram === String(query.from.id));
    const id = `tg:${botId}:${update.update_id}`;
    if (member && application === 'g')
      return orderGroup(deps, member._id, JSON.parse(text) as GroupOrder, id);
    if (member && application === 'c') return orderCall(deps, member._id, JSON.parse(text) as CallOrder, id);
    const candidate = await db.candidates.findOne({ 'applications.id': application });
    if (!member || !candidate) return;
    const order = JSON.parse(text) as Order;
    await desk.perform(candidate._id, { id, application, by: member._id, ...order });
  };
}

/** The card of an application, as short as it can be. */
export function staffCard(db: Database): (reader: Member, params: Params) => Promise<Rendered | undefined> {
  return async (_reader, { application }) => {
    const id = String(application);
    const candidate = await db.candidates.findOne({ 'applications.id': id });
    const found = candidate?.applications.find((one) => one.id === id);
    if (!found) return undefined;
    return { text: found.stage, buttons: [[{ label: 'card', data: `s:card:${id}` }]] };
  };
}
