import type { Candidate } from '../candidate.ts';
import { inGuarantee } from '../late/atWork.ts';
import type { Turn } from '../turn.ts';
import { fillsPlace } from './fillsPlace.ts';

/**
 * After every decision: somebody has begun to work, or does not work any more. Then the places of their vacancy are
 * counted. Whoever is dismissed after the guarantee has had their place: nothing is owed for it.
 */
export function turnPlaces(turn: Turn, before: Candidate): void {
  for (const application of turn.state.applications) {
    const { id, vacancy, stage, oldHire } = application;
    if (oldHire) continue;
    const was = before.applications.find((one) => one.id === id)?.stage;
    const had = was !== undefined && fillsPlace(was);
    if (had === fillsPlace(stage)) continue;
    if (stage === 'dismissed' && !inGuarantee(turn, application)) continue;
    turn.effects.push({
      type: 'countPlaces',
      key: `${turn.event.id}:places:${id}`,
      application: id,
      vacancy,
      freed: had,
    });
  }
}
