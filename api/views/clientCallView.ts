import type { z } from 'zod';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { clientCallSchema } from '../schemas/clientCallSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';

/** A call with a client as the API shows it. */
export function clientCallView(call: ClientCall): z.output<typeof clientCallSchema> {
  const { _id, kind, start, manager, company, client, people, lead, cancelled, result, todo, due } = call;
  return {
    id: _id,
    kind,
    start: toIso(start),
    manager,
    company,
    client,
    people: people.map(({ application }) => application),
    lead,
    cancelled: toIsoIf(cancelled),
    result: result && {
      at: toIso(result.at),
      by: result.by,
      mark: result.mark,
      answers: result.answers,
      people: result.people.map(({ terms, ...person }) => ({
        ...person,
        terms: terms && { ...terms, startDate: toIsoIf(terms.startDate) },
      })),
    },
    todo: todo.map(({ id, text, done }) => ({ id, text, done: toIsoIf(done) })),
    due: toIsoIf(due),
  };
}
