import type { z } from 'zod';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { leadSchema } from '../schemas/applicationSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';
import { interviewView } from './interviewView.ts';

/** An application as a list shows it. */
export function leadView(
  candidate: Candidate,
  application: Application,
  minutes: number,
): z.output<typeof leadSchema> {
  const { id, vacancy, source, createdAt, stage, stageAt, recruiter, taken, interview, score } = application;
  return {
    id,
    candidate: candidate._id,
    name: candidate.name,
    vacancy,
    source,
    arrivals: (application.arrivals ?? []).map(({ at, links = [], ...rest }) => ({
      ...rest,
      links,
      at: toIso(at),
    })),
    createdAt: toIso(createdAt),
    stage,
    stageAt: toIso(stageAt),
    recruiter,
    taken: toIsoIf(taken),
    interview: interview && interviewView(interview, minutes),
    score: score && { points: score.points, of: score.of, fits: score.fits },
  };
}
