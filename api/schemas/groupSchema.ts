import { z } from 'zod';
import { id, moment, text } from './common.ts';

const kind = z.enum(['interview', 'training']).meta({ description: 'api.field.groupKind' });
const places = z.number().int().min(1).max(100).meta({ description: 'api.field.groupPlaces' });
const minutes = z.number().int().min(10).max(600);
const format = z.enum(['office', 'zoom']);

/** A group interview or a training, as lists have it. */
export const groupSchema = z
  .object({
    id,
    kind,
    vacancy: id,
    start: moment,
    minutes,
    places: z.number().meta({ description: 'api.field.groupPlaces' }),
    taken: z.number().meta({ description: 'api.field.groupTaken' }),
    waiting: z.number().meta({ description: 'api.field.groupWaiting' }),
    format,
    place: z.string().optional().meta({ description: 'api.field.groupPlace' }),
    host: id.meta({ description: 'api.field.groupHost' }),
    cancelled: moment.optional(),
  })
  .meta({ id: 'Group' });

/** The same with everybody who has to do with it. */
export const groupWithPeopleSchema = groupSchema
  .extend({
    people: z.array(
      z.object({
        application: id,
        candidate: id,
        name: z.string().optional(),
        state: z
          .enum(['invited', 'waiting', 'booked', 'confirmed', 'declined', 'came', 'notCame'])
          .meta({ description: 'api.field.groupState' }),
      }),
    ),
  })
  .meta({ id: 'GroupWithPeople' });

/** What a new group needs. */
export const newGroupSchema = z.strictObject({
  kind,
  vacancy: id,
  start: moment,
  minutes,
  places,
  format,
  place: z.string().trim().min(1).max(250).optional().meta({ description: 'api.field.groupPlace' }),
  host: id.meta({ description: 'api.field.groupHost' }),
});

/** What may be changed, a route each. */
export const groupChanges = {
  move: z.strictObject({ start: moment }),
  places: z.strictObject({ places }),
  message: z.strictObject({
    text: text.max(2000),
    to: z.enum(['people', 'cards']).meta({ description: 'api.field.groupTo' }),
  }),
};
