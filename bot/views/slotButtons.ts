import type { FreeSlot } from '../../flows/facts.ts';
import { nearest } from '../../flows/freeSlots.ts';
import type { Format } from '../../flows/vacancy.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import type { Speech } from '../speech.ts';

/** The nearest free times as buttons, earliest first. */
export function nearestRows(
  speech: Speech,
  id: string,
  format: Format,
  free: FreeSlot[],
  start: number,
): RenderedButton[][] {
  return nearest(free, start, 3)
    .sort((a, b) => a.start - b.start)
    .map((slot) => [slotButton(speech, id, format, slot.start, 'dateTime')]);
}

/** One free time of an application, with its format. */
export function slotButton(
  speech: Speech,
  id: string,
  format: string,
  start: number,
  as: 'time' | 'dateTime',
): RenderedButton {
  const data = `s:slot:${id}:${format}:${(start / 60_000).toString(36)}`;
  return speech.button('staff.button.slot', data, { params: { when: { at: start, as } } });
}
