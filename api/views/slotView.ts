import type { z } from 'zod';
import type { FreeSlot } from '../../flows/facts.ts';
import type { slotSchema } from '../schemas/vacancySchema.ts';
import { toIso } from '../toIso.ts';

/** @param minutes the length of a slot, of the policy */
export function slotView({ interviewer, start }: FreeSlot, minutes: number): z.output<typeof slotSchema> {
  return { interviewer, start: toIso(start), end: toIso(start + minutes * 60_000) };
}
