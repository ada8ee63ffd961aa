import { type Method } from '../call.ts';
import { chatMethods } from './chatMethods.ts';
import { commandMethods } from './commandMethods.ts';
import { editMethods } from './editMethods.ts';
import { fileMethods } from './fileMethods.ts';
import { forwardMethods } from './forwardMethods.ts';
import { groupMethods } from './groupMethods.ts';
import { profileMethods } from './profileMethods.ts';
import { sendMessage } from './sendMessage.ts';
import { updateMethods } from './updateMethods.ts';

const all: Record<string, Method> = {
  sendMessage,
  ...chatMethods,
  ...commandMethods,
  ...editMethods,
  ...fileMethods,
  ...forwardMethods,
  ...groupMethods,
  ...profileMethods,
  ...updateMethods,
};

/** Every method the simulator has, by its name in lower case: Telegram does not mind the case. */
export const methods = new Map(
  Object.entries(all).map(([name, run]) => [name.toLowerCase(), { name, run }] as const),
);
