/** Where nobody works on an application any more. */
const endStages = ['hired', 'dismissed', 'reserve', 'refused', 'blacklist', 'withdrawn'] as const;

/**
 * The stages the product itself knows how to carry: what happens at each is code, whether a pipeline has it, what
 * leads there and what it asks for is data. An agency's own stages are named `own:<code>` and are carried by their
 * task, their fields and their outcomes.
 */
export const builtInStages = [
  'screening',
  'review',
  'call',
  'invited',
  'interview',
  'decision',
  'agreeing',
  'clientInterview',
  'offer',
  'training',
  'starting',
  'work',
  ...endStages,
] as const;

export type BuiltInStage = (typeof builtInStages)[number];
export type Stage = BuiltInStage | `own:${string}`;

const ends: ReadonlySet<Stage> = new Set<Stage>(endStages);

/** The form of what an agency adds itself: stages and fields. */
export const ownForm = /^own:[a-zA-Z]\w{0,19}$/;

/** Is it the agency's own, and not one of the product's? */
export function isOwn(id: string): id is `own:${string}` {
  return id.startsWith('own:');
}

/** Does somebody still work on an application that stands there? */
export function isOpen(stage: Stage): boolean {
  return !ends.has(stage);
}

export function isBuiltIn(stage: string): stage is BuiltInStage {
  return builtInStages.some((one) => one === stage);
}

export function isStage(text: string): text is Stage {
  return isBuiltIn(text) || ownForm.test(text);
}
