import type { Turn } from '../turn.ts';
import { isOpen } from '../pipelines/stages.ts';

/** Whoever is out, or is met otherwise now, is in no group any more; who came to one stays in its list. */
export function tidyGroup(turn: Turn): void {
  for (const application of turn.state.applications) {
    const { group, interview, past = [], stage } = application;
    if (!group || group.state === 'declined') continue;
    const held = [interview, ...past].some((one) => one?.group?.id === group.id);
    if (group.state === 'booked' ? !held : !isOpen(stage)) delete application.group;
  }
}
