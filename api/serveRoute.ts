import type { Request, RequestHandler } from 'express';
import type { KeyRow } from '../models/rows.ts';
import { randomId } from '../runtime/clock.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { ApiRoute, Caller, Outcome, Work } from './defineRoute.ts';
import { type Problem, type ProblemCode, problemStatus } from './problem.ts';
import { readerOf } from './readerOf.ts';
import { recordCall, recordOutcome, type WritingCall } from './recordCall.ts';
import { sendProblem } from './sendProblem.ts';

/** A route of the table as Express runs it: may the key, may the member, was it there before; then the handler. */
export function serveRoute(
  deps: ApiDeps,
  route: ApiRoute,
  keyOf: (request: Request) => KeyRow,
): RequestHandler {
  const writes = route.method !== 'get';
  return async (request, response) => {
    const key = keyOf(request);
    const member = request.get('x-member');
    const asked = request.get('idempotency-key');
    const caller: Caller = {
      reader: readerOf(deps, request),
      by: member ?? `api:${key.name}`,
      event: `api:${key._id.slice(0, 8)}:${asked ?? randomId(16)}`,
      repeated: false,
    };
    const raw = { params: request.params, query: request.query, body: request.body ?? {} };
    const wrong = await admit(deps, route, { key, member, asked }, caller);
    const accepted = wrong ?? route.accept(raw, caller.reader.lang);
    const call = {
      event: caller.event,
      key,
      at: deps.clock.now(),
      method: request.method,
      path: request.path,
      member,
      body: raw.body,
    };
    const outcome = 'problem' in accepted ? accepted : await run(deps, accepted.run, writes && call, caller);
    if (writes && 'problem' in accepted) await recordRefused(deps, call, accepted.problem.code);
    if ('problem' in outcome) return sendProblem(deps, request, response, outcome.problem);
    response.status(outcome.status).json(outcome.body);
  };
}

/** What is wrong with the call before its contents are looked at, or nothing. */
async function admit(
  deps: ApiDeps,
  route: ApiRoute,
  { key, member, asked }: { key: KeyRow; member: string | undefined; asked: string | undefined },
  { reader }: Caller,
): Promise<{ problem: Problem } | undefined> {
  if (route.role === 'admin' && key.role !== 'admin') return { problem: { code: 'readOnly' } };
  if (route.method === 'get') return undefined;
  if (asked !== undefined && !/^[\w.:-]{1,100}$/.test(asked)) {
    const message = deps.words.label(reader, { key: 'api.hint.idempotencyKey' });
    return { problem: { code: 'invalidRequest', errors: [{ path: 'Idempotency-Key', message }] } };
  }
  if (member === undefined) return undefined;
  const known = await deps.db.members.findOne({ _id: member, active: true, role: { $ne: 'client' } });
  return known ? undefined : { problem: { code: 'noSuchMember' } };
}

/** A writing request is written down first; one that was carried out before is not carried out again. */
async function run(deps: ApiDeps, work: Work, call: WritingCall | false, caller: Caller): Promise<Outcome> {
  if (!call) return work(deps, caller);
  const seen = await recordCall(deps.db, call);
  if (seen === 'other') {
    await recordRefused(deps, call, 'keyReused');
    return { problem: { code: 'keyReused' } };
  }
  const outcome = await work(deps, { ...caller, repeated: seen === 'done' });
  const status = 'problem' in outcome ? problemStatus(outcome.problem.code) : outcome.status;
  const code = 'problem' in outcome ? outcome.problem.code : undefined;
  if (seen !== 'done') await recordOutcome(deps.db, call.event, status, code);
  return outcome;
}

/** One that was turned away is in the audit log too, under an id of its own: its key is still free to use. */
async function recordRefused(deps: ApiDeps, call: WritingCall, code: ProblemCode): Promise<void> {
  const event = `api:${call.key._id.slice(0, 8)}:${randomId(16)}`;
  await recordCall(deps.db, { ...call, event });
  await recordOutcome(deps.db, event, problemStatus(code), code);
}
