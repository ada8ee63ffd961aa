import { type ChannelId, channelIds } from '../flows/channels.ts';
import type { FreeSlot } from '../flows/facts.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { followCard } from '../models/followCard.ts';
import type { LedgerRow, TimerRow } from '../models/rows.ts';
import { type Bell, makeAlarms } from './alarms.ts';
import type { Channels, Handler } from './channel.ts';
import type { CallOff, Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { insertRows } from './insertRows.ts';
import { type Lanes, makeLanes } from './lanes.ts';
import { type Broadcasts, makeBroadcasts } from './makeBroadcasts.ts';
import { type ClientCalls, makeClientCalls } from './makeClientCalls.ts';
import { type Companies, makeCompanies } from './makeCompanies.ts';
import { type ContractNotices, makeContractNotices } from './makeContractNotices.ts';
import { makeDesk } from './makeDesk.ts';
import { makeTell, type Tell } from './makeTell.ts';
import { makeTellHeads, type TellHeads } from './makeTellHeads.ts';
import { makeClientAccess } from './makeClientAccess.ts';
import { makeHandingOn } from './makeHandingOn.ts';
import { makeMembers, type Members } from './makeMembers.ts';
import { makeInbox, type Receive } from './makeInbox.ts';
import type { View } from './makeDelivery.ts';
import { makeOutbox } from './makeOutbox.ts';
import { makePlaces, type Places } from './makePlaces.ts';
import { makePublisher } from './makePublisher.ts';
import { makeVacancies, type Vacancies } from './makeVacancies.ts';
import { makePeople } from './people.ts';
import { type Groups, makeGroups } from './makeGroups.ts';
import { makeLine } from './makeLine.ts';
import { makeRetention, type Retention } from './makeRetention.ts';
import { makeReindex } from './makeReindex.ts';
import { type FactReader, makeFactReader } from './readFacts.ts';
import { readFree } from './readFree.ts';
import { rowAlarm } from './rowAlarm.ts';
import { makeReceipts, type Receipts } from './receipts.ts';
import type { Words } from './words.ts';

/** Everything between what came in and what goes out, over one database. */
export interface Engine {
  desk: Desk;
  broadcasts: Broadcasts;
  reader: FactReader;
  vacancies: Vacancies;
  clientCalls: ClientCalls;
  companies: Companies;
  contractNotices: ContractNotices;
  members: Members;
  receive: Receive;
  receipts: Receipts;
  tell: Tell;
  tellHeads: TellHeads;
  retention: Retention;
  /** Which process does what only one should do. */
  lanes: Pick<Lanes, 'hold'>;
  groups: Groups;
  free(vacancy: Vacancy): Promise<FreeSlot[]>;
  /** Draw the card of a candidate's newest application in their new topic at the desk. */
  drawAtDesk(candidate: string, thread: number): Promise<void>;
  fire(key: string): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What is still waiting: nothing means quiet. */
  waiting(): Promise<{ inbox: number; outbox: number; timers: number }>;
  due(limit: number): Promise<TimerRow[]>;
  moveClock(offset: number): Promise<void>;
  health(): Promise<Record<string, unknown> & { ok: boolean }>;
}

/** Every half minute what nobody woke is woken; every second what another process left is taken up. */
const reconcileEvery = 30_000;
const recoverEvery = 1_000;

export function makeEngine(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  policy: Policy;
  channels: Channels;
  bell: Bell;
  botUsername: string;
  owner: string;
  /** The only product on this database (the embedded one). */
  alone: boolean;
  log: (line: object) => void;
  /** How many candidates stay in memory between two events; none when other programs write them too. */
  remember?: number;
  /** What is done about an update, by the channel it came by. */
  handlers: Partial<Record<ChannelId, Handler>>;
  views: () => Record<string, View>;
}): Engine {
  const { db, clock, policy, log, owner, alone } = deps;
  const reader = makeFactReader({
    ...deps,
    here: channelIds.filter((id) => deps.channels[id] !== undefined),
  });
  const lanes = makeLanes(db, clock, owner, alone);
  const inbox = makeInbox({
    db,
    clock,
    lanes,
    alone,
    log,
    work: async ({ body, _id }, hold) => {
      if (!body) throw new Error(`inbox ${_id} has no body`);
      if ('update' in body) {
        const handle = deps.handlers[body.source];
        if (!handle) throw new Error(`inbox ${_id} came by ${body.source}, which is not set up here`);
        return handle(body.update, hold);
      }
      const { event } = body;
      if (event.type === 'timerDue' && event.timer.kind === 'clientCall')
        return clientCalls.rings(event.id, event.timer);
      await desk.perform(body.candidate, event, hold.stands);
    },
  });
  const outbox = makeOutbox({
    ...deps,
    reader: () => reader,
    desk: () => desk,
    // Should an update of theirs come again after a crash, nobody is there who remembers it.
    forgetting: async (candidate) => {
      const state = await db.candidates.findOne({ _id: candidate });
      await inbox.note(state?.decided ?? [], `c:${candidate}`);
    },
    unreached: (invite) => members.unreached(invite),
    wakeAt: (row, due) => wakeRow('deliver', row, due),
    doubtAt: (row, due) => wakeRow('undelivered', row, due),
  });
  const wakeRow = (kind: 'deliver' | 'undelivered', row: LedgerRow, due: number): Promise<void> => {
    const timer = { kind, message: row._id, application: row.application ?? '' };
    return alarms.order(
      [{ key: rowAlarm(kind, row._id), due, timer }],
      row.candidate ?? '',
      `${row._id}:${due}`,
    );
  };
  const alarms = makeAlarms({
    ...deps,
    wake: async ({ _id: key, candidate, timer, version }) => {
      if ('message' in timer)
        return timer.kind === 'deliver' ? outbox.deliverById(timer.message) : outbox.doubt(timer.message);
      if (timer.kind === 'clientAccess') return members.look([timer.member]);
      if (timer.kind === 'contractEnd') return contractNotices.rings(timer);
      if (timer.kind === 'retention') return retention.rings();
      const id = `timer:${key}:${version}`;
      // A call with a client is nobody's: its lane is its own.
      const whose = timer.kind === 'clientCall' ? `call:${timer.call}` : candidate;
      await inbox.receive([{ id, candidate: whose, event: { id, type: 'timerDue', timer } }]);
      if (alone) await inbox.note([id], `c:${whose}`);
    },
  });
  const people = makePeople(db, clock, deps.remember ?? 0);
  const places: Places = makePlaces({
    ...deps,
    defer: inbox.defer,
    turned: (client) => members.look([client]),
  });
  const publisher = makePublisher({
    ...deps,
    alarms,
    outbox,
    places,
    opened: () => line.look(),
    waits: () => line.waits(),
  });
  const tell = makeTell({ db, clock, outbox });
  const access = makeClientAccess({ ...deps, alarms, tell });
  const left = makeHandingOn({ db, defer: inbox.defer, tell });
  const members = makeMembers({ ...deps, access, tell, outbox, left });
  const vacancies = makeVacancies({ db, clock, places, look: members.look });
  const clientCalls = makeClientCalls({ ...deps, reader, alarms, outbox, defer: inbox.defer });
  const contractNotices = makeContractNotices({ ...deps, reader, alarms, tell });
  const companies = makeCompanies({ ...deps, reader, notices: contractNotices });
  const desk = makeDesk({ ...deps, people, reader, publisher, note: inbox.note });
  const line = makeLine({ ...deps, reader, desk });
  const tellHeads = makeTellHeads({ reader, tell });
  const retention = makeRetention({ ...deps, desk, alarms, tellHeads });
  const reindex = makeReindex({ db });
  const timers: CallOff[] = [];
  let rearm: CallOff | undefined;

  const guarded = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) =>
      log({ level: 'error', error: error instanceof Error ? error.stack : String(error) }),
    );

  const broadcasts = makeBroadcasts({ db, clock, desk, lanes, log });

  return {
    desk,
    broadcasts,
    reader,
    groups: makeGroups({ db, clock, changed: line.look }),
    vacancies,
    clientCalls,
    companies,
    contractNotices,
    members,
    receive: inbox.receive,
    tell,
    tellHeads,
    retention,
    lanes,
    receipts: makeReceipts({ db, clock, gaveUp: outbox.gaveUp }),
    fire: alarms.fire,
    drawAtDesk: async (candidate, thread) => {
      const person = await followCard(db, candidate);
      const application = person?.applications.at(-1)?.id;
      if (application === undefined) return;
      const row: LedgerRow = {
        _id: `desk:card:${application}:desk:${thread}`,
        kind: 'out',
        at: clock.now(),
        candidate,
        application,
        to: { desk: candidate },
        message: { key: 'view:deskCard', params: { application } },
        place: `card:${application}:desk`,
        anew: true,
        status: 'pending',
        prompt: true,
      };
      const fresh = await insertRows(db, clock, [row]);
      if (fresh.has(row._id)) outbox.deliver(row);
    },
    due: alarms.due,
    free: async (vacancy) =>
      readFree(db, policy, vacancy, await reader.members(), await reader.groups(), clock.now()),
    start: async () => {
      await lanes.clear();
      // What was decided earlier leaves before what the rest of the recovery decides.
      await outbox.recover();
      await desk.recover();
      await clientCalls.recover();
      await companies.recover();
      await inbox.recover();
      await alarms.reconcile();
      line.look();
      // Lists that lack a part of what is to be done would be wrong: they are whole before anybody can ask.
      await reindex.run();
      timers.push(clock.every(reconcileEvery, guarded(alarms.patrol)));
      timers.push(clock.every(reconcileEvery, () => line.look()));
      timers.push(clock.every(reconcileEvery, guarded(desk.finishBegun)));
      timers.push(clock.every(alone ? reconcileEvery : recoverEvery, guarded(inbox.recover)));
      if (alone) return;
      // A process that died may not come back: what it had begun is everybody's.
      timers.push(clock.every(reconcileEvery, guarded(outbox.recover)));
      timers.push(clock.every(reconcileEvery, guarded(desk.recover)));
      timers.push(clock.every(reconcileEvery, guarded(lanes.sweep)));
    },
    stop: async () => {
      broadcasts.stop();
      for (const stop of timers) stop();
      rearm?.();
      alarms.stop();
      await line.stop();
      await reindex.stop();
      await inbox.stop();
      // Marks that cannot be written now are made again by the next start.
      await people.settle().catch(() => undefined);
    },
    waiting: async () => {
      const local = { inbox: inbox.size(), outbox: outbox.size() };
      const [stored, pending, timersDue] = await Promise.all([
        db.inbox.countDocuments({ status: 'waiting' }, { limit: 100 }),
        db.ledger.countDocuments({ status: 'sending' }, { limit: 100 }),
        db.timers.countDocuments({ status: 'armed', due: { $lte: clock.now() } }, { limit: 100 }),
      ]);
      return {
        inbox: Math.max(local.inbox, stored) + line.size(),
        outbox: Math.max(local.outbox, pending),
        timers: timersDue,
      };
    },
    moveClock: async (offset) => {
      clock.move(offset);
      await db.settings.updateOne({ _id: 'clockOffset' }, { $set: { value: offset } }, { upsert: true });
      while ((await alarms.reconcile()) > 0);
      line.look();
      rearm?.();
      rearm = clock.after(250, guarded(alarms.rearm));
    },
    health: async () => {
      const at = clock.real();
      await db.settings.findOne({ _id: 'botUsername' });
      const failed = await db.inbox.countDocuments({ status: 'failed' }, { limit: 100 });
      return {
        ok: true,
        database: `${clock.real() - at} ms`,
        failedEvents: failed,
        waiting: inbox.size() + outbox.size(),
      };
    },
  };
}
