/** Kinds of tasks that belong to a stage: a pipeline may ask for them, and they are over when it is left. */
export const stageTasks = [
  'review',
  'call',
  'reschedule',
  'decision',
  'agree',
  'clientResult',
  'offer',
  'firstDay',
  'assessment',
  'step',
] as const;
