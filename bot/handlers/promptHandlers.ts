import { Composer } from 'grammy';
import { readUpdate } from '../../channels/telegram/readUpdate.ts';
import type { IncomingFile } from '../../flows/question.ts';
import { closePrompt, currentPrompt, type Prompt } from '../prompt.ts';
import { say } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { typedInterview } from '../typedInterview.ts';
import { typedOfBroadcast } from './broadcastHandlers.ts';
import { typedTemplate } from './templateHandlers.ts';
import { typedCallTime, typedPhone } from './callHandlers.ts';
import { typedGroup, typedGroupMove, typedGroupPlaces, typedGroupText } from './groupMaking.ts';
import { typedMove } from './clientCallHandlers.ts';
import { typedClientWord } from './clientTalk.ts';
import {
  typedCompany,
  typedCompanyField,
  typedCompanyName,
  typedCompanyNote,
  typedCompanySearch,
  typedRequisites,
} from './companyTyped.ts';
import { typedContract, typedContractField } from './contractActs.ts';
import { typedCost } from './costActs.ts';
import { typedDayOff, typedHours, typedZone } from './hoursPrompts.ts';
import { typedPosting } from './postingActs.ts';
import { typedField } from './outcomeActs.ts';
import { takeTable } from './importHandlers.ts';
import { keepFile, keepName, keepNote } from './paperActs.ts';
import { typedWindows } from './agreeActs.ts';
import { typedPipeline } from './pipelineHandlers.ts';
import { writtenReason } from './refusalActs.ts';
import { typedSetting } from './settingsHandlers.ts';
import { typedSource } from './linkActs.ts';
import { typedOfTask } from './taskHandlers.ts';

type Of<K extends Prompt['kind']> = Extract<Prompt, { kind: K }>;
type Answerers = {
  [K in Prompt['kind']]?: (ctx: StaffContext, prompt: Of<K>, text: string) => Promise<void>;
};

/** How each question takes a typed answer. Those that want a file are not here. */
const typed: Answerers = {
  note: (ctx, { application }, text) => keepNote(ctx, application, text),
  name: (ctx, { application }, text) => keepName(ctx, application, text),
  refuse: writtenReason,
  blacklist: writtenReason,
  when: typedInterview,
  source: typedSource,
  hours: typedHours,
  dayOff: typedDayOff,
  zone: typedZone,
  setting: typedSetting,
  callAt: typedCallTime,
  phone: typedPhone,
  cost: typedCost,
  posting: typedPosting,
  moveCall: typedMove,
  companyFind: typedCompanySearch,
  companyNew: typedCompany,
  companyName: typedCompanyName,
  companyField: typedCompanyField,
  companyPaste: typedRequisites,
  companyNote: typedCompanyNote,
  contractNew: typedContract,
  contractField: typedContractField,
  field: typedField,
  windows: typedWindows,
  pipeline: typedPipeline,
  groupMake: typedGroup,
  groupMove: typedGroupMove,
  groupPlaces: typedGroupPlaces,
  groupText: typedGroupText,
  snooze: typedOfTask,
  comment: typedOfTask,
  template: typedTemplate,
  broadcastText: typedOfBroadcast,
  broadcastCity: typedOfBroadcast,
  broadcastWhen: typedOfBroadcast,
  clientWord: typedClientWord,
};

/** The next message after a question was asked: its answer, when it is of the kind that was asked for. */
export const promptHandlers = new Composer<StaffContext>();

promptHandlers.on('message', async (ctx, next) => {
  const prompt = await currentPrompt(ctx);
  if (prompt === 'handled') return;
  const arrived = prompt && readUpdate(ctx.update);
  if (!prompt || arrived?.type !== 'messageArrived') return next();
  const { file, text } = arrived;
  if (prompt.kind === 'file' || prompt.kind === 'evidence') return takeFile(ctx, prompt, file, next);
  if (prompt.kind === 'importFile' && !text?.startsWith('/')) return takeTable(ctx, file, text);
  if (text === undefined || file || text.startsWith('/')) {
    return text?.startsWith('/') ? next() : void (await say(ctx, 'staff.hint.textWanted'));
  }
  await answer(ctx, prompt, text);
});

function answer<K extends Prompt['kind']>(
  ctx: StaffContext,
  prompt: Of<K> & { kind: K },
  text: string,
): Promise<void> {
  const take = typed[prompt.kind];
  return take ? take(ctx, prompt, text) : Promise.resolve();
}

/** Files are taken as long as they come; other words mean the member has gone on. */
async function takeFile(
  ctx: StaffContext,
  prompt: Of<'file' | 'evidence'>,
  file: IncomingFile | undefined,
  next: () => Promise<void>,
): Promise<void> {
  if (file)
    return keepFile(ctx, prompt.kind === 'file' ? 'addFile' : 'addEvidence', prompt.application, file);
  await closePrompt(ctx);
  await next();
}
