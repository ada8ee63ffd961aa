import { createHash } from 'node:crypto';
import type { CallEffect, CallFacts } from '../flows/clientCalls/callTurn.ts';
import type { ClientCall, ClientCallEvent } from '../flows/clientCalls/clientCall.ts';
import { type CallDecision, decideClientCall } from '../flows/clientCalls/decideClientCall.ts';
import type { Notify } from '../flows/effect.ts';
import type { Timer } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import { followCard } from '../models/followCard.ts';
import { namesOfApplications } from '../models/namesOfApplications.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import { insertRows } from './insertRows.ts';
import type { Incoming } from './makeInbox.ts';
import type { Outbox } from './makeOutbox.ts';
import { makeQueues } from './queues.ts';
import type { FactReader } from './readFacts.ts';

/** The one door through which a call with a client is changed: decided, committed once, its effects carried out. */
export interface ClientCalls {
  /** Plan a call. The same event again gives the same call. @returns its id with the decision */
  plan(event: Extract<ClientCallEvent, { type: 'planCall' }>): Promise<CallDecision>;
  perform(call: string, event: ClientCallEvent): Promise<CallDecision>;
  /** An alarm of a call rang. */
  rings(id: string, timer: Extract<Timer, { kind: 'clientCall' }>): Promise<void>;
  /** After a start: what was decided and not yet carried out. */
  recover(): Promise<void>;
}

/** How often a decision is made again when another process was faster. */
const retries = 20;

export function makeClientCalls(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: Pick<FactReader, 'members'>;
  alarms: Alarms;
  outbox: Pick<Outbox, 'deliver'>;
  /** Store events for candidates; the work follows by itself. */
  defer: (items: Incoming[]) => Promise<void>;
}): ClientCalls {
  const { db, clock, policy, alarms, outbox, defer } = deps;
  const queues = makeQueues();

  const factsOf = async (people: ClientCall['people']): Promise<CallFacts> => {
    const names = await namesOfApplications(
      db,
      people.map(({ application }) => application),
    );
    return { members: await deps.reader.members(), policy, names };
  };

  const decided = async (id: string, event: ClientCallEvent): Promise<CallDecision> => {
    for (let tries = 0; tries < retries; tries += 1) {
      const call = (await db.clientCalls.findOne({ _id: id })) ?? undefined;
      if (call?.unpublished) await publish(call);
      if (call?.decided.includes(event.id)) return { ok: true, call, effects: [] };
      const people = call?.people ?? (event.type === 'planCall' ? event.people : []);
      const decision = decideClientCall(call, event, await factsOf(people), clock.now(), id);
      if (!decision.ok) return decision;
      const next = { ...decision.call, unpublished: true };
      if (!(await commit(call, next))) continue;
      await publish(next);
      return decision;
    }
    throw new Error(`call ${id}: event ${event.id} lost ${retries} races`);
  };

  const commit = async (before: ClientCall | undefined, next: ClientCall): Promise<boolean> => {
    if (before) {
      const where = { _id: before._id, version: before.version };
      return (await db.clientCalls.replaceOne(where, next)).matchedCount > 0;
    }
    try {
      await db.clientCalls.insertOne(next);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  };

  /** Safe to repeat: each effect has its own key. */
  const publish = async (call: ClientCall): Promise<void> => {
    const effects = call.outbox as CallEffect[];
    const told = effects.filter((effect) => effect.type === 'notify');
    const rows = [...(await messages(told, call.version)), ...effects.flatMap((effect) => factRow(effect))];
    const fresh = await insertRows(db, clock, rows);
    for (const row of rows) if (row.kind === 'out' && fresh.has(row._id)) outbox.deliver(row);
    const orders = effects.flatMap((effect) =>
      effect.type === 'schedule' || effect.type === 'cancel' ? [effect] : [],
    );
    await alarms.order(orders, '', call.decided.at(-1) ?? '');
    const passed = effects.flatMap((effect) =>
      effect.type === 'pass' ? [{ id: effect.key, candidate: effect.candidate, event: effect.event }] : [],
    );
    if (passed.length > 0) await defer(passed);
    await db.clientCalls.updateOne({ _id: call._id, version: call.version }, { $unset: { unpublished: 1 } });
  };

  /** A row each. What a candidate did not ask for waits for their morning. */
  const messages = async (told: Notify[], version: number): Promise<LedgerRow[]> => {
    const now = clock.now();
    const ids = told.flatMap(({ to }) => ('candidate' in to ? [to.candidate] : []));
    const zones = new Map(
      await Promise.all(ids.map(async (id) => [id, (await followCard(db, id))?.zone] as const)),
    );
    return told.map(({ key, to, message, prompt, application, only, copyOf, reminds }, index) => {
      const candidate = 'candidate' in to ? to.candidate : undefined;
      const zone = candidate === undefined ? undefined : zones.get(candidate);
      const leaves = zone !== undefined && !prompt ? afterQuiet(now, zone, policy.quiet) : now;
      return {
        _id: key,
        kind: 'out',
        at: now,
        order: version * 1_000 + index,
        to,
        message,
        status: 'pending',
        prompt,
        ...(candidate !== undefined && { candidate }),
        ...(application && { application }),
        ...(only && { only }),
        ...(copyOf && { copyOf }),
        ...(reminds && { reminds }),
        ...(leaves > now && { notBefore: leaves }),
      };
    });
  };

  const factRow = (effect: CallEffect): LedgerRow[] =>
    effect.type === 'fact'
      ? [
          {
            _id: effect.key,
            kind: 'fact',
            at: clock.now(),
            what: effect.what,
            ...(effect.by && { by: effect.by }),
            ...(effect.params && { params: effect.params }),
          },
        ]
      : [];

  const perform = (id: string, event: ClientCallEvent) => queues.run(id, () => decided(id, event));

  return {
    perform,
    plan: (event) => perform(createHash('sha256').update(event.id).digest('hex').slice(0, 12), event),
    rings: async (id, { call, what, at }) =>
      void (await perform(call, { id, by: 'bot', type: 'callTimerDue', what, at })),
    recover: async () => {
      const left = await db.clientCalls.find({ unpublished: true }).toArray();
      for (const call of left) await queues.run(call._id, () => publish(call));
    },
  };
}
