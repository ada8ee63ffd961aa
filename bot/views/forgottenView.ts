import type { Forgotten } from '../../flows/forgetting/forgotten.ts';
import type { Speech } from '../speech.ts';

/** All that is shown of somebody whose data was deleted: that it was, why, and when. */
export function forgottenText(said: Speech, { at, by }: Forgotten): string {
  return said.text(by === 'bot' ? 'forget.card.kept' : 'forget.card.asked', {
    day: { at, as: 'day' },
    time: { at, as: 'time' },
  });
}
