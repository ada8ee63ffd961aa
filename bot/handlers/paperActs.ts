import { personName } from '../../flows/personName.ts';
import type { IncomingFile } from '../../flows/question.ts';
import { perform, refused, theApplication } from '../act.ts';
import type { Found } from '../findApplication.ts';
import { closePrompt, openPrompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast } from '../reply.ts';
import { sendFile } from '../sendFile.ts';
import { forgetPlace, isCard, showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawHistory } from '../views/makeHistory.ts';
import type { CardHandlers } from './cardHandler.ts';

/** Notes, files and the history of an application. */
export const paperActs: CardHandlers = {
  note: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    await toast(ctx);
    if (!found) return;
    await openPrompt(ctx, { kind: 'note', application: id });
    await askReply(ctx, 'staff.ask.note', { name: personName(found.candidate) });
  },
  name: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    await toast(ctx);
    if (!found) return;
    await openPrompt(ctx, { kind: 'name', application: id });
    await askReply(ctx, 'staff.ask.name', { name: personName(found.candidate) });
  },
  files: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, (facts) => ({
      question: facts.speech.text(filesOf(facts).length > 0 ? 'staff.ask.files' : 'staff.ask.noFiles'),
      rows: [
        ...filesOf(facts)
          .slice(-7)
          .map((file, index, shown) => {
            const number = filesOf(facts).length - shown.length + index;
            const params = { name: file.name.slice(0, 40) };
            return [facts.speech.button('staff.button.openFile', `s:openFile:${id}:${number}`, { params })];
          }),
        [facts.speech.button('staff.button.addFile', `s:addFile:${id}`)],
      ],
    }));
  },
  addFile: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    await toast(ctx);
    if (!found) return;
    await openPrompt(ctx, { kind: 'file', application: id });
    await askReply(ctx, 'staff.ask.file', { name: personName(found.candidate) });
  },
  openFile: async (ctx, id, number = '') => {
    const found = await theApplication(ctx, id);
    const file = found && filesOf(found)[Number(number)];
    await toast(ctx);
    if (file) await sendFile(ctx, file);
  },
  history: async (ctx, id, page = '0') => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    await toast(ctx);
    const drawn = await drawHistory(ctx, found.candidate, id, Number(page) || 0);
    if (!isCard(ctx)) return void (await send(ctx, drawn));
    await forgetPlace(ctx, id);
    await redraw(ctx, drawn);
  },
};

/** What the person is called, as it was typed. */
export async function keepName(ctx: StaffContext, id: string, text: string): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found) return;
  const decision = await perform(ctx, found, { type: 'setName', name: text });
  if (!decision.ok) return refused(ctx, found, decision);
  await say(ctx, 'staff.said.named', { name: personName(decision.state) }, cardRow(ctx, id));
  await closePrompt(ctx);
}

/** A note that was asked for. */
export async function keepNote(ctx: StaffContext, id: string, text: string): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found) return;
  const decision = await perform(ctx, found, { type: 'addNote', text });
  if (!decision.ok) return refused(ctx, found, decision);
  await say(ctx, 'staff.said.noted', { name: personName(found.candidate) }, cardRow(ctx, id));
  await closePrompt(ctx);
}

/** A file that was asked for: into the card, or as evidence of a refusal. More may follow. */
export async function keepFile(
  ctx: StaffContext,
  type: 'addFile' | 'addEvidence',
  id: string,
  file: IncomingFile,
): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found) return;
  const decision = await perform(ctx, found, { type, file });
  if (!decision.ok) return refused(ctx, found, decision);
  await say(ctx, `staff.said.${type}`, { name: personName(found.candidate) }, cardRow(ctx, id));
}

function cardRow(ctx: StaffContext, id: string) {
  const label = ctx.staff.words.label(ctx.member, { key: 'staff.button.card' });
  return [[{ label, data: `s:card:${id}` }]];
}

/** Every file of an application: what the candidate sent as an answer, what was added, and the evidence. */
function filesOf({ application }: Pick<Found, 'application'>): IncomingFile[] {
  const answered = Object.values(application.answers).flatMap(({ file }) => (file ? [file] : []));
  return [...answered, ...application.files, ...(application.refusal?.evidence ?? [])];
}
