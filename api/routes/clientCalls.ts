import { z } from 'zod';
import { kindsOfCalls } from '../../flows/clientCalls/callKinds.ts';
import type { ClientCallEvent } from '../../flows/clientCalls/clientCall.ts';
import type { CallDecision } from '../../flows/clientCalls/decideClientCall.ts';
import type { RefusalCode } from '../../flows/facts.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { clientCallSchema, personReportSchema } from '../schemas/clientCallSchema.ts';
import { byId, id, moment, pageSchema, text } from '../schemas/common.ts';
import { fromIso } from '../toIso.ts';
import { clientCallView } from '../views/clientCallView.ts';

type Without<E> = E extends unknown ? Omit<E, 'id' | 'by'> : never;

const plan = defineRoute({
  id: 'planClientCall',
  method: 'post',
  path: '/client-calls',
  tag: 'clientCalls',
  role: 'admin',
  params: none,
  query: none,
  body: z.strictObject({
    kind: z.enum(kindsOfCalls).meta({ description: 'api.field.callKind' }),
    start: moment,
    manager: id.meta({ description: 'api.field.callManager' }),
    company: z.string().trim().min(1).max(100),
    client: id.optional(),
    people: z.array(id).max(30).default([]).meta({ description: 'api.field.callPeople' }),
    lead: id.optional(),
  }),
  answers: { 201: clientCallSchema },
  problems: ['noSuchApplication', 'noSuchMember', 'noPeopleHere', 'notAllowed'],
  handle: async ({ db, clientCalls }, { body: { people: of, start, ...body } }, { event, by }) => {
    const found = await db.candidates.find({ 'applications.id': { $in: of } }).toArray();
    const people = of.flatMap((application) => {
      const person = found.find(({ applications }) => applications.some((one) => one.id === application));
      return person ? [{ candidate: person._id, application }] : [];
    });
    if (people.length < of.length) return { problem: { code: 'noSuchApplication' } };
    const decision = await clientCalls.plan({
      id: event,
      by,
      type: 'planCall',
      ...body,
      start: fromIso(start),
      people,
    });
    return answer(decision, 201);
  },
});

const list = defineRoute({
  id: 'listClientCalls',
  method: 'get',
  path: '/client-calls',
  tag: 'clientCalls',
  role: 'reader',
  params: none,
  query: z.strictObject({ from: moment.optional(), to: moment.optional() }),
  body: none,
  answers: { 200: pageSchema('ClientCalls', clientCallSchema) },
  problems: [],
  handle: async ({ db }, { query: { from, to } }) => {
    const start = { ...(from && { $gte: fromIso(from) }), ...(to && { $lt: fromIso(to) }) };
    const calls = await db.clientCalls
      .find(Object.keys(start).length > 0 ? { start } : {})
      .sort({ start: -1 })
      .limit(200)
      .toArray();
    return { status: 200, body: { items: calls.map(clientCallView) } };
  },
});

const read = defineRoute({
  id: 'readClientCall',
  method: 'get',
  path: '/client-calls/{id}',
  tag: 'clientCalls',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: clientCallSchema },
  problems: ['noSuchCall'],
  handle: async ({ db }, { params }) => {
    const call = await db.clientCalls.findOne({ _id: params.id });
    return call ? { status: 200, body: clientCallView(call) } : { problem: { code: 'noSuchCall' } };
  },
});

/** One act: `POST /client-calls/{id}/<name>`. */
function act<B extends z.ZodObject>(
  name: string,
  body: B,
  problems: RefusalCode[],
  command: (body: z.output<B>) => Without<ClientCallEvent>,
): ApiRoute {
  return defineRoute({
    id: `${name}ClientCall`,
    method: 'post',
    path: `/client-calls/{id}/${name}`,
    tag: 'clientCalls',
    role: 'admin',
    params: byId,
    query: none,
    body,
    answers: { 200: clientCallSchema },
    problems: ['noSuchCall', 'notAllowed', ...problems],
    handle: (deps, call, caller) => perform(deps, call.params.id, caller, command(call.body)),
  });
}

async function perform(
  { clientCalls }: ApiDeps,
  call: string,
  { event, by }: Caller,
  command: Without<ClientCallEvent>,
): Promise<Outcome> {
  return answer(await clientCalls.perform(call, { ...command, id: event, by }), 200);
}

function answer(decision: CallDecision, status: number): Outcome {
  return decision.ok ? { status, body: clientCallView(decision.call) } : { problem: { code: decision.code } };
}

/** Calls with clients, as the bot's `/call` has them. */
export const clientCalls: ApiRoute[] = [
  list,
  plan,
  read,
  act('move', z.strictObject({ start: moment }), ['callOver', 'slotInPast'], ({ start }) => ({
    type: 'moveCall',
    start: fromIso(start),
  })),
  act('cancel', none, ['callOver'], () => ({ type: 'cancelCall' })),
  act(
    'report',
    z.strictObject({
      answers: z.record(z.string().max(40), text).meta({ description: 'api.field.callAnswers' }),
      people: z.array(personReportSchema).max(30).default([]),
    }),
    ['callOver', 'missing'],
    ({ answers, people }) => ({
      type: 'reportCall',
      answers,
      people: people.map(({ terms, ...person }) => {
        if (!terms) return person;
        const { startDate, ...rest } = terms;
        const day = startDate === undefined ? {} : { startDate: fromIso(startDate) };
        return { ...person, terms: { ...rest, ...day } };
      }),
    }),
  ),
  act('tick', z.strictObject({ todo: id, on: z.boolean() }), ['noSuchTask'], (body) => ({
    type: 'tickTodo',
    ...body,
  })),
];
