import type { z } from 'zod';
import type { Candidate } from '../../flows/candidate.ts';
import type { candidateSchema } from '../schemas/candidateSchema.ts';
import { toIso } from '../toIso.ts';
import { leadView } from './leadView.ts';

/** A person with their applications. The API is the agency's own, so personal data are in it. */
export function candidateView(candidate: Candidate, minutes: number): z.output<typeof candidateSchema> {
  const { consent, blacklisted, relay, join, forgotten } = candidate;
  return {
    id: candidate._id,
    createdAt: toIso(candidate.createdAt),
    name: candidate.name,
    phone: candidate.phone,
    city: candidate.city,
    lang: candidate.lang,
    zone: candidate.zone,
    channels: candidate.channels.map(({ channel, blocked }) => ({ channel, blocked: blocked === true })),
    consent: consent && { version: consent.version, at: toIso(consent.at) },
    stopped: candidate.stopped === true,
    blacklisted: blacklisted && {
      at: toIso(blacklisted.at),
      by: blacklisted.by,
      reason: blacklisted.reason,
    },
    relay: relay && { member: relay.member, until: toIso(relay.until) },
    asked: candidate.dialog?.kind,
    notes: (candidate.notes ?? []).map(({ at, by, text, from }) => ({
      at: toIso(at),
      by,
      text,
      table: from?.file,
    })),
    also: candidate.also,
    joined: candidate.joined ?? [],
    join: join && { from: join.from, at: toIso(join.at), by: join.by },
    forgotten: forgotten && {
      at: toIso(forgotten.at),
      by: forgotten.by,
      consent: forgotten.consent && { version: forgotten.consent.version, at: toIso(forgotten.consent.at) },
    },
    applications: candidate.applications.map((application) => leadView(candidate, application, minutes)),
  };
}
