import type { Application } from '../../flows/candidate.ts';

/** An application for the driver's vacancy on a card that is put in by hand, since `at`. */
export function driverApplication(
  card: string,
  stage: Application['stage'],
  at: number,
  more: Partial<Application> = {},
): Application {
  return {
    id: `a-${card}`,
    vacancy: 'driver',
    source: 'hh',
    createdAt: at,
    stage,
    stageAt: at,
    answers: {},
    interviewVersion: 0,
    tasks: [],
    notes: [],
    files: [],
    ...more,
  };
}
