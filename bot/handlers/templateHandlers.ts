import { Composer } from 'grammy';
import { siteTemplates } from '../../flows/templates/siteTemplates.ts';
import type { Template } from '../../flows/templates/fillTemplate.ts';
import { randomId } from '../../runtime/clock.ts';
import { listTemplates } from '../listTemplates.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawAnswer, drawAnswers, drawTemplate, drawTemplates, fillFor } from '../views/templateViews.ts';
import { sayInTalk, talkOf } from './relayActs.ts';

/** Longer ones Telegram does not take. */
const longest = 3_000;

/** Quick answers: `/t` in a conversation, `/templates` to keep them; buttons `q:<verb>[:<template>]`. */
export const templateHandlers = new Composer<StaffContext>();

templateHandlers.command('t', async (ctx) => {
  const talk = await talkOf(ctx);
  if (!talk) return void (await say(ctx, 'templates.noTalk'));
  await send(ctx, drawAnswers(ctx.staff, ctx.member, await forTalk(ctx)));
});
templateHandlers.command('templates', async (ctx) => {
  await send(ctx, drawTemplates(ctx.staff, ctx.member, await listTemplates(ctx.staff)));
});
templateHandlers.callbackQuery(/^q:(\w+)(?::([\w-]+))?(?::(\w+))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  const template = (await listTemplates(ctx.staff)).find(({ _id }) => _id === id);
  if (!act || (id !== '' && !template)) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, template, rest);
});

/** Those a recruiter sends; the others the product does. */
async function forTalk(ctx: StaffContext): Promise<Template[]> {
  return (await listTemplates(ctx.staff)).filter(({ _id }) => !siteTemplates.includes(_id));
}

type Act = (ctx: StaffContext, template: Template | undefined, rest: string) => Promise<void>;

const acts: Record<string, Act> = {
  answers: async (ctx) => {
    await toast(ctx);
    await redraw(ctx, drawAnswers(ctx.staff, ctx.member, await forTalk(ctx)));
  },
  list: async (ctx) => {
    await toast(ctx);
    await redraw(ctx, drawTemplates(ctx.staff, ctx.member, await listTemplates(ctx.staff)));
  },
  show: async (ctx, template) => {
    const talk = await talkOf(ctx);
    if (!talk || !template) return toast(ctx, 'templates.noTalk', undefined, true);
    await toast(ctx);
    await redraw(ctx, drawAnswer(ctx.staff, ctx.member, talk, template));
  },
  send: async (ctx, template) => {
    const talk = await talkOf(ctx);
    const filled = talk && template && fillFor(ctx.staff, ctx.member, talk, template);
    if (!talk || !filled || filled.missing.length + filled.unknown.length > 0)
      return toast(ctx, 'staff.toast.stale', undefined, true);
    await toast(ctx);
    await sayInTalk(ctx, talk, { text: filled.text });
  },
  open: async (ctx, template) => {
    await toast(ctx);
    if (template) await redraw(ctx, drawTemplate(ctx.staff, ctx.member, template));
  },
  new: (ctx) => ask(ctx, { kind: 'template', template: '', part: 'new' }, 'templates.ask.new'),
  text: (ctx, template) => askPart(ctx, template, 'text'),
  title: (ctx, template) => askPart(ctx, template, 'title'),
  en: (ctx, template) => askPart(ctx, template, 'en'),
  drop: async (ctx, template) => {
    if (template) await ctx.staff.db.templates.deleteOne({ _id: template._id });
    await toast(ctx, 'templates.toast.dropped');
    await redraw(ctx, drawTemplates(ctx.staff, ctx.member, await listTemplates(ctx.staff)));
  },
};

function askPart(ctx: StaffContext, template: Template | undefined, part: 'text' | 'title' | 'en') {
  return template
    ? ask(ctx, { kind: 'template', template: template._id, part }, `templates.ask.${part}`)
    : toast(ctx, 'staff.toast.stale', undefined, true);
}

async function ask(ctx: StaffContext, prompt: Prompt, key: string): Promise<void> {
  await toast(ctx);
  await openPrompt(ctx, prompt);
  await askReply(ctx, key);
}

/** A template as it was typed: its first line is the title, the rest what is sent; or one part of it anew. */
export async function typedTemplate(
  ctx: StaffContext,
  { template: id, part }: Extract<Prompt, { kind: 'template' }>,
  typed: string,
): Promise<void> {
  const { db, clock } = ctx.staff;
  const [first = '', ...rest] = typed.trim().split('\n');
  const body = rest.join('\n').trim();
  if (typed.length > longest)
    return void (await say(ctx, 'templates.tooLong', { longest, length: typed.length }));
  if (part === 'new') {
    if (body === '') return void (await say(ctx, 'templates.noBody'));
    const template: Template = {
      _id: randomId(8),
      title: first.trim().slice(0, 60),
      text: { ru: body },
      by: ctx.member._id,
      createdAt: clock.now(),
    };
    await closePrompt(ctx);
    await db.templates.insertOne(template);
    return void (await send(ctx, drawTemplate(ctx.staff, ctx.member, template)));
  }
  const path = { text: 'text.ru', title: 'title', en: 'text.en' }[part];
  const value = part === 'title' ? first.trim().slice(0, 60) : typed.trim();
  const changed = await db.templates.findOneAndUpdate(
    { _id: id },
    { $set: { [path]: value } },
    { returnDocument: 'after' },
  );
  await closePrompt(ctx);
  await (changed ? send(ctx, drawTemplate(ctx.staff, ctx.member, changed)) : say(ctx, 'templates.gone'));
}
