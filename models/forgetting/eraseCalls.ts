import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { CallReport, ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Database } from '../database.ts';
import { rowsOf } from './rowsOf.ts';
import { scrub } from './scrub.ts';

/** Calls with clients at which the person was: that they were is counted; what was said of them is gone. */
export async function eraseCalls(db: Database, trace: Trace): Promise<void> {
  for (const { _id } of await db.clientCalls.find({ 'people.candidate': { $in: trace.cards } }).toArray())
    while (!(await eraseCall(db, _id, trace)));
}

/** @returns false when somebody was faster with it */
async function eraseCall(db: Database, id: string, trace: Trace): Promise<boolean> {
  const call = await db.clientCalls.findOne({ _id: id });
  if (!call) return true;
  // What its events told people names everybody who was there.
  for (const event of call.decided)
    await db.ledger.deleteMany({ ...rowsOf(event), candidate: { $exists: false } });
  const { version } = call;
  const set = {
    ...(call.result && { result: reportWithout(call.result, trace) }),
    todo: call.todo.map((one) => ({ ...one, ...(one.text && { text: scrub(one.text, trace.words) }) })),
    ...(!call.unpublished && { outbox: [] }),
  } satisfies Partial<ClientCall>;
  const update = { $set: set, $inc: { version: 1 } };
  return (await db.clientCalls.updateOne({ _id: id, version }, update)).matchedCount > 0;
}

function reportWithout(report: CallReport, { applications, words }: Trace): CallReport {
  const answers = Object.entries(report.answers).map(([field, text]) => [field, scrub(text, words)] as const);
  const people = report.people.map((person) =>
    applications.includes(person.application)
      ? { application: person.application, verdict: person.verdict, summary: '', result: '' }
      : { ...person, summary: scrub(person.summary, words), result: scrub(person.result, words) },
  );
  return { ...report, answers: Object.fromEntries(answers), people };
}
