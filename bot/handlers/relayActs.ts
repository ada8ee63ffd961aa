import { personName } from '../../flows/personName.ts';
import type { Candidate } from '../../flows/candidate.ts';
import type { IncomingFile } from '../../flows/question.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { perform, refused, theApplication } from '../act.ts';
import type { Found } from '../findApplication.ts';
import { mayAct } from '../mayAct.ts';
import { closePrompt } from '../prompt.ts';
import { say, toast, voice } from '../reply.ts';
import { isCard, showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import type { CardHandlers } from './cardHandler.ts';

/** "Write" and "End conversation". */
export const relayActs: CardHandlers = {
  relay: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const decision = await perform(ctx, found, { type: 'openRelay' });
    if (!decision.ok) return refused(ctx, found, decision);
    await endTalks(ctx, found.candidate._id);
    await ctx.conversation.exitAll();
    await closePrompt(ctx);
    await toast(ctx, 'staff.toast.relay');
    if (isCard(ctx)) await showCard(ctx, id);
    await say(ctx, 'staff.relay.header', namesOf(found), talkButtons(ctx, id));
  },
  endRelay: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const decision = await perform(ctx, found, { type: 'closeRelay' });
    if (!decision.ok) return refused(ctx, found, decision);
    await toast(ctx, 'staff.toast.endRelay');
    if (isCard(ctx)) await showCard(ctx, id);
    await say(ctx, 'staff.relay.ended', namesOf(found));
  },
};

/** The candidate this member is talking to now. */
export async function talkOf(ctx: StaffContext): Promise<Found | undefined> {
  const { db, clock } = ctx.staff;
  const where = { 'relay.member': ctx.member._id, 'relay.until': { $gt: clock.now() } };
  const candidate = await db.candidates.findOne(where);
  return candidate ? withApplication(ctx, candidate) : undefined;
}

/** What a member writes during a talk goes to the candidate. */
export async function sayInTalk(
  ctx: StaffContext,
  talk: Found,
  said: { text?: string; file?: IncomingFile },
): Promise<void> {
  const decision = await perform(ctx, talk, { type: 'relayMessage', ...said });
  if (!decision.ok) return refused(ctx, talk, decision);
  await say(ctx, 'staff.relay.sent', namesOf(talk), talkButtons(ctx, talk.application.id));
}

/** `/end`: the talk is over, and the bot answers the candidate again. */
export async function endTalk(ctx: StaffContext): Promise<void> {
  const ended = await endTalks(ctx);
  const [last] = ended;
  await (last ? say(ctx, 'staff.relay.ended', namesOf(last)) : say(ctx, 'staff.relay.none'));
}

/** End every talk of this member but one. */
async function endTalks(ctx: StaffContext, except?: string): Promise<Found[]> {
  const { db, clock } = ctx.staff;
  const where = { 'relay.member': ctx.member._id, 'relay.until': { $gt: clock.now() } };
  const others = (await db.candidates.find(where).toArray()).filter(({ _id }) => _id !== except);
  const ended: Found[] = [];
  for (const candidate of others) {
    const talk = await withApplication(ctx, candidate);
    if (talk && (await perform(ctx, talk, { type: 'closeRelay' }, `end:${candidate._id}`)).ok)
      ended.push(talk);
  }
  return ended;
}

async function withApplication(ctx: StaffContext, candidate: Candidate): Promise<Found | undefined> {
  const { db } = ctx.staff;
  const ids = candidate.applications.map(({ vacancy }) => vacancy);
  const [vacancies, pipelines] = await Promise.all([
    db.vacancies.find({ _id: { $in: ids } }).toArray(),
    readPipelines(db),
  ]);
  const vacancyOf = (id: string) => vacancies.find(({ _id }) => _id === id);
  const application =
    candidate.applications.findLast((one) => mayAct(ctx.member, one, vacancyOf(one.vacancy))) ??
    candidate.applications.at(-1);
  return application && { candidate, application, vacancy: vacancyOf(application.vacancy), pipelines };
}

function namesOf({ candidate, vacancy }: Found) {
  return { name: personName(candidate), vacancy: { words: vacancy?.title ?? { ru: '—' } } };
}

/** Under what is said in a talk: a quick answer, and its end. */
function talkButtons(ctx: StaffContext, id: string) {
  const said = voice(ctx);
  return [
    [said.button('templates.button.quick', 'q:answers')],
    [said.button('staff.button.endRelay', `s:endRelay:${id}`, { style: 'danger' })],
  ];
}
