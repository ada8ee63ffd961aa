import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isOpen } from '../../flows/pipelines/stages.ts';
import { parsePhone } from '../../runtime/readFacts.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { byId, id } from '../schemas/common.ts';
import { showApplication } from '../showApplication.ts';

const addedSchema = z
  .object({
    candidate: id,
    application: id,
    known: z.boolean().meta({ description: 'api.field.known' }),
  })
  .meta({ id: 'AddedCandidate' });

const add = defineRoute({
  id: 'addCandidate',
  method: 'post',
  path: '/candidates',
  tag: 'candidates',
  role: 'admin',
  params: none,
  query: none,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    phone: z.string().trim().max(40).optional().meta({ description: 'api.field.phone' }),
    vacancy: id,
    source: z.string().trim().min(1).max(40).meta({ description: 'api.field.source', example: 'hh' }),
  }),
  answers: { 200: addedSchema, 201: addedSchema },
  problems: ['noSuchVacancy'],
  handle: async ({ db, desk, words }, { body }, { by, event, reader }) => {
    if (body.phone !== undefined && parsePhone(body.phone) === undefined) {
      const message = words.label(reader, { key: 'api.hint.phone' });
      return { problem: { code: 'invalidRequest', errors: [{ path: 'phone', message }] } };
    }
    const vacancy = await db.vacancies.findOne({ _id: body.vacancy, status: 'open' });
    if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
    // The id becomes a part of the person's own: short, and plain enough for an address.
    const lead = createHash('sha256').update(event).digest('hex').slice(0, 16);
    const added = await desk.addCandidate({ ...body, id: lead, by });
    return { status: added.known ? 200 : 201, body: added };
  },
});

const attach = defineRoute({
  id: 'attachCandidate',
  method: 'post',
  path: '/candidates/{id}/applications',
  tag: 'candidates',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({ vacancy: id }),
  answers: { 201: applicationSchema },
  problems: [
    'noSuchCandidate',
    'noSuchApplication',
    'noSuchVacancy',
    'alreadyAttached',
    'blacklisted',
    'notAllowed',
  ],
  handle: async (deps, { params, body: { vacancy } }, { by, event, repeated }) => {
    const { db, desk } = deps;
    const found = await db.candidates.findOne({ _id: params.id });
    if (!found) return { problem: { code: 'noSuchCandidate' } };
    let state = found;
    if (!repeated) {
      // One of the person's applications, when they have any: who may change that one may put them on another.
      const application = found.applications.at(-1)?.id ?? '';
      const decision = await desk.perform(found._id, { id: event, type: 'attach', application, by, vacancy });
      if (!decision.ok) return { problem: { code: decision.code, params: decision.params } };
      state = decision.state;
    }
    const mine = state.applications.filter((one) => one.vacancy === vacancy);
    const added = mine.findLast(({ stage }) => isOpen(stage)) ?? mine.at(-1);
    if (!added) return { problem: { code: 'noSuchApplication' } };
    return { status: 201, body: await showApplication(deps, state, added) };
  },
});

/** People brought in by hand, and known ones put on another vacancy. */
export const leads: ApiRoute[] = [add, attach];
