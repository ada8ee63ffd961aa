import type { z } from 'zod';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { vacancySchema } from '../schemas/vacancySchema.ts';
import { toIso } from '../toIso.ts';

/** Named one by one, so that what a later feature keeps in a vacancy is not published by itself. */
export function vacancyView(vacancy: Vacancy): z.output<typeof vacancySchema> {
  return {
    id: vacancy._id,
    status: vacancy.status,
    title: vacancy.title,
    text: vacancy.text,
    questions: vacancy.questions.map(({ id, kind, text, options, unit, min, max, optional, rule }) => ({
      id,
      kind,
      text,
      options,
      unit,
      min,
      max,
      optional,
      rule,
    })),
    formats: vacancy.formats,
    address: vacancy.address,
    link: vacancy.link,
    notes: vacancy.notes,
    interviewers: vacancy.interviewers,
    recruiters: vacancy.recruiters,
    client: vacancy.client,
    company: vacancy.company,
    autoInvite: vacancy.autoInvite,
    passScore: vacancy.passScore,
    places: vacancy.places,
    filled: vacancy.status === 'archived' && vacancy.turned?.to === 'filled',
    postings: vacancy.postings ?? [],
    createdAt: toIso(vacancy.createdAt),
  };
}
