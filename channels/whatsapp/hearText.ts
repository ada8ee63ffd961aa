import type { Place } from '../../flows/channels.ts';
import type { Happened } from '../../flows/event.ts';
import type { Choices } from '../makeChoices.ts';

/** Who says it, and where. */
export interface Heard {
  reach: Place;
  person: { lang?: string; name?: string };
}

/**
 * A text of WhatsApp: the tap it stands for when it answers a message with choices; the start of a link when it ends with
 * its code in square brackets; else words.
 *
 * @param quoted the message it answers, by its id in the channel
 */
export async function hearText(
  choices: Choices,
  heard: Heard,
  text: string,
  quoted: string | undefined,
): Promise<Happened> {
  const chosen = await choices.chosen(heard.reach, text, quoted);
  if (chosen) return { type: 'buttonTapped', ...heard, data: chosen.data, label: chosen.label };
  const code = /\[([\w-]{6,64})\]\s*$/.exec(text)?.[1];
  return {
    type: 'messageArrived',
    ...heard,
    kind: 'text',
    text: code === undefined ? text : `/start ${code}`,
  };
}
