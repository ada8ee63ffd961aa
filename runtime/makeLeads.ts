import type { Application, Candidate } from '../flows/candidate.ts';
import { continueFrom } from '../flows/dialogs/comingBack.ts';
import { addApplication } from '../flows/dialogs/startApplication.ts';
import { ringButton } from '../flows/calls/ringButton.ts';
import { keepCall } from '../flows/calls/callCame.ts';
import { talkTime } from '../flows/calls/talkTime.ts';
import { keepMarks } from '../flows/duplicates/keepMarks.ts';
import type { Params } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { keepSought } from '../flows/keepSought.ts';
import { keepTasked } from '../flows/keepTasked.ts';
import { keepPool } from '../flows/matching/keepPool.ts';
import { named } from '../flows/named.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import { refreshCards } from '../flows/refreshCards.ts';
import { arrivedBy, keepArrival } from '../flows/sites/arrival.ts';
import { arrivesAgain } from '../flows/sites/arrivesAgain.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { Turn } from '../flows/turn.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import { findByPhone } from '../models/findByPhone.ts';
import type { Clock } from './clock.ts';
import type { Desk, NewLead } from './desk.ts';
import { newCandidate } from './newCandidate.ts';
import type { Joins } from './makeJoins.ts';
import type { Publisher } from './makePublisher.ts';
import type { People } from './people.ts';
import type { Queues } from './queues.ts';
import { type FactReader, parsePhone } from './readFacts.ts';

/** How often it is decided again when another process was faster. */
const retries = 20;

/**
 * People who are brought in by hand, by the API or by a job site: whoever is known by the number is found, on whichever card they stand
 * by now, and has one application more.
 *
 * @param publish put what was committed where it lives
 */
export function makeLeads(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  people: People;
  reader: FactReader;
  publisher: Publisher;
  queues: Queues;
  joins: Joins;
  publish: (state: Candidate, first: boolean) => Promise<void>;
  isPublished: (state: Candidate) => boolean;
}): Desk['addCandidate'] {
  const { db, clock, policy, people, reader, publisher, queues, joins, publish, isPublished } = deps;

  const findOrMake = async (
    id: string,
    phone: string | undefined,
    { name, email }: NewLead,
  ): Promise<[Candidate, known: boolean]> => {
    const there = phone ? await findByPhone(db, phone) : await db.candidates.findOne({ _id: id });
    if (there) return [there, there._id !== id];
    const found = phone && { phone, marks: [`p:${phone}`] };
    const said = { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
    const state: Candidate = { ...newCandidate(id, policy, clock.now()), ...said, ...found };
    try {
      await db.candidates.insertOne(state);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return [state, false];
  };

  const addTo = (
    id: string,
    lead: NewLead,
    known: boolean,
  ): Promise<{ candidate: string; application: string; known: boolean }> =>
    queues.run(id, async () => {
      for (let tries = 0; tries < retries; tries += 1) {
        const state = await people.read(id, tries > 0);
        if (!state) throw new Error(`candidate ${id} is gone`);
        if (!isPublished(state)) {
          // Another process died with it: what it had ordered is not lost under what is decided now.
          await publish(state, false);
          continue;
        }
        if (state.merged) {
          if (state.merged.phase === undefined) return addTo(state.merged.into, lead, true);
          await joins.finish(state);
          continue;
        }
        const before = lead.arrival && arrivedBy(state, lead.arrival);
        if (before) return { candidate: state._id, application: before.id, known };
        const there =
          state.applications.find(({ vacancy, stage }) => vacancy === lead.vacancy && isOpen(stage)) ??
          // A blacklisted person is put on no vacancy: whoever tries sees their card, which says why.
          (state.blacklisted && state.applications.findLast(({ stage }) => stage === 'blacklist'));
        if (there && !lead.arrival) return { candidate: state._id, application: there.id, known };
        const event: Event = {
          id: lead.id,
          type: 'attach',
          application: '',
          by: lead.by,
          vacancy: lead.vacancy,
        };
        const turn = new Turn(state, event, await reader.facts(state, event), clock.now());
        const application = bring(turn, lead, there || undefined);
        keepPool(turn);
        keepMarks(turn, state);
        refreshCards(turn, state);
        keepTasked(turn);
        keepSought(turn);
        const next = publisher.prepare(
          {
            ...turn.state,
            version: state.version + 1,
            decided: [...state.decided, lead.id],
            outbox: turn.effects,
            unpublished: true,
          },
          undefined,
        );
        if (!(await people.commit(state, next))) continue;
        await publish(next, true);
        return { candidate: state._id, application: application.id, known };
      }
      throw new Error(`lead ${lead.id} lost ${retries} races`);
    });

  return async (lead) => {
    const phone = lead.phone === undefined ? undefined : parsePhone(lead.phone);
    const [person, known] = await findOrMake(`m${lead.id}`, phone, lead);
    return addTo(person._id, lead, known);
  };
}

/** One application more, or the one that stands on the vacancy already, with the response that brought them. */
function bring(turn: Turn, lead: NewLead, there: Application | undefined): Application {
  const application = turn.state.applications.find(({ id }) => id === there?.id) ?? newLead(turn, lead);
  delete turn.state.join;
  if (!lead.arrival) return application;
  const { call, at, note } = lead.arrival;
  keepArrival(turn.state, application, lead.arrival, lead);
  delete turn.state.notLooking;
  if (note !== undefined) turn.fact('arrivalNote', application.id, 'bot', { text: note });
  if (call) keepCall(turn, application, { at, ...call }, !there);
  else if (there) arrivesAgain(turn, application, lead.source);
  return application;
}

function newLead(turn: Turn, lead: NewLead): Application {
  const application = addApplication(turn, lead.vacancy, lead.source, lead.by);
  application.stage = 'review';
  continueFrom(turn, application);
  const [key, params] = noticeOf(lead);
  turn.tell(application, key, { source: named('source', lead.source), ...params }, {}, [
    [{ label: { key: 'notice.button.take' }, data: `s:take:${application.id}`, style: 'success' }],
    ...(key === 'notice.callMissed' ? [[ringButton(application)]] : []),
  ]);
  return application;
}

/** Whoever called is told of with what came of the call. */
function noticeOf({ arrival }: NewLead): [key: string, params: Params] {
  if (!arrival?.call) return ['notice.newLead', {}];
  const { talk } = arrival.call;
  const params = { when: { at: arrival.at, as: 'dateTime' as const } };
  return talk === undefined
    ? ['notice.callMissed', params]
    : ['notice.callAnswered', { ...params, talk: talkTime(talk) }];
}
