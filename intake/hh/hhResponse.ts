import { z } from 'zod';
import { timeOf } from './timeOf.ts';

/** What we read of hh's answers; whatever else it says is left alone. Facts: hh's OpenAPI, none of it seen live. */
const named = z.object({ id: z.string() });

export const hhMe = z.object({
  is_employer: z.boolean(),
  employer: z.object({ id: z.string(), name: z.string().nullish() }).nullish(),
});

export const hhPage = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), pages: z.number().int().min(0) });

export const hhManager = z.object({ id: z.string(), vacancies_count: z.number().nullish() });
export const hhVacancy = z.object({ id: z.string() });

const collection = z.object({
  url: z.string(),
  counters: z.object({ total: z.number() }).nullish(),
  order_types: z.array(z.object({ id: z.string(), url: z.string() })).nullish(),
});
export const hhCollections = z.object({ collections: z.array(collection) });
export type HhCollection = z.output<typeof collection>;

const resume = z.object({
  url: z.string().nullish(),
  alternate_url: z.string().nullish(),
  first_name: z.string().nullish(),
  middle_name: z.string().nullish(),
  last_name: z.string().nullish(),
});

const action = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string(),
  enabled: z.boolean().nullish(),
  arguments: z.array(named).nullish(),
  resulting_employer_state: named.nullish(),
});
export type HhAction = z.output<typeof action>;

export const hhResponse = z.object({
  id: z.string(),
  /** In UTC milliseconds. */
  created_at: z.string().transform(timeOf).refine(Number.isFinite, 'is no time'),
  /** What the person sees: `response` until something was decided. */
  state: named,
  employer_state: named.nullish(),
  messages_url: z.string().nullish(),
  resume: resume.nullish(),
  actions: z.array(action).nullish(),
});
export type HhResponse = z.output<typeof hhResponse>;

const phone = z.object({
  country: z.string().nullish(),
  city: z.string().nullish(),
  number: z.string().nullish(),
  formatted: z.string().nullish(),
});
const contact = z.object({
  type: named,
  preferred: z.boolean().nullish(),
  value: z.union([z.string(), phone]).nullish(),
});
export const hhResume = resume.extend({ id: z.string(), contact: z.array(contact).nullish().catch(null) });
export type HhContact = z.output<typeof contact>;
export type HhResume = z.output<typeof hhResume>;

export const hhMessage = z.object({
  text: z.string().nullish(),
  author: z.object({ participant_type: z.string() }).nullish(),
});
