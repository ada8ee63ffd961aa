import type { PipelineDraft } from './pipeline.ts';

/** Where every pipeline ends, and what leads back from there. */
export const ends: PipelineDraft['stages'] = [
  { stage: 'hired', actor: 'nobody', moves: ['dismissed'] },
  { stage: 'dismissed', actor: 'nobody', moves: ['reserve'] },
  { stage: 'reserve', actor: 'nobody', moves: ['review', 'invited', 'refused', 'blacklist'] },
  { stage: 'refused', actor: 'nobody', moves: ['review', 'invited', 'reserve', 'blacklist'] },
  { stage: 'blacklist', actor: 'nobody', moves: ['review', 'reserve'] },
  { stage: 'withdrawn', actor: 'nobody', moves: ['review', 'invited', 'reserve'] },
];
