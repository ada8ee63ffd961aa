import { Composer, InputFile } from 'grammy';
import { diagram } from '../../flows/pipelines/diagram.ts';
import { editPipeline, type PipelineEdit } from '../../flows/pipelines/editPipeline.ts';
import { isField } from '../../flows/pipelines/fields.ts';
import type { Name, Pipeline } from '../../flows/pipelines/pipeline.ts';
import { newestOf } from '../../flows/pipelines/specOf.ts';
import { isStage } from '../../flows/pipelines/stages.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { moveToNewest, savePipeline } from '../../runtime/pipelines.ts';
import type { Rendered } from '../../runtime/words.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { readLength } from '../readLength.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawNeeds, drawPipeline, drawPipelines, drawPlan, drawStage } from '../views/pipelineViews.ts';

type Act = (ctx: StaffContext, id: string, ...rest: string[]) => Promise<void>;

/** The agency's pipelines: `/pipeline`, and its buttons `pl:<verb>:<pipeline>[:<stage>…]`. The head's alone. */
export const pipelineHandlers = new Composer<StaffContext>();

pipelineHandlers.command('pipeline', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'pipeline.headOnly'));
  await send(ctx, await drawPipelines(ctx.staff, ctx.member));
});

pipelineHandlers.callbackQuery(/^pl:(\w+)(?::(\w+))?(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  if (ctx.member.role !== 'head') return toast(ctx, 'pipeline.headOnly', undefined, true);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!act) return toast(ctx, 'staff.toast.stale', undefined, true);
  // An own stage has a colon of its own.
  const [first = '', ...others] = rest.split(':');
  const parts = first === 'own' ? [`own:${others[0] ?? ''}`, ...others.slice(1)] : [first, ...others];
  await act(ctx, id, ...parts);
});

const typedEdits = ['rename', 'minutes', 'checklist', 'hint', 'training', 'addAfter'] as const;

const acts: Record<string, Act> = {
  all: async (ctx) => show(ctx, await drawPipelines(ctx.staff, ctx.member)),
  open: async (ctx, id) => show(ctx, await drawPipeline(ctx.staff, ctx.member, id)),
  stage: async (ctx, id, stage = '') => show(ctx, await drawStage(ctx.staff, ctx.member, id, stage)),
  needs: async (ctx, id, stage = '', outcome) =>
    show(ctx, await drawNeeds(ctx.staff, ctx.member, id, stage, outcome)),
  need: async (ctx, id, stage = '', outcome = '', ...field) => {
    const name = field.join(':');
    if (!isStage(stage) || !isField(name)) return toast(ctx, 'staff.toast.stale', undefined, true);
    if (await apply(ctx, id, { edit: 'need', stage, outcome, field: name }))
      await show(ctx, await drawNeeds(ctx.staff, ctx.member, id, stage, outcome));
  },
  remove: async (ctx, id, stage = '') => {
    if (isStage(stage) && (await apply(ctx, id, { edit: 'remove', stage })))
      await show(ctx, await drawPipeline(ctx.staff, ctx.member, id));
  },
  head: async (ctx, id, stage = '') => {
    if (isStage(stage) && (await apply(ctx, id, { edit: 'head', stage })))
      await show(ctx, await drawStage(ctx.staff, ctx.member, id, stage));
  },
  plan: async (ctx, id) => show(ctx, await drawPlan(ctx.staff, ctx.member, id)),
  moveNow: async (ctx, id) => {
    const moved = await moveToNewest(ctx.staff, id, ctx.member._id, eventId(ctx));
    await toast(ctx, 'pipeline.moved', { count: moved });
    await redraw(ctx, await drawPipeline(ctx.staff, ctx.member, id));
  },
  copy: async (ctx, id) => {
    const all = await readPipelines(ctx.staff.db);
    const of = newestOf(all, id);
    // The same press again names the same copy.
    const copy = `p${eventId(ctx).replaceAll(/\D/g, '').slice(-10)}`;
    const name = copied(ctx, of.name);
    const saved = await savePipeline(ctx.staff, { ...of, id: copy, version: 1, name }, ctx.member._id);
    if (!saved.ok && !('newer' in saved)) return sayFaults(ctx, saved.faults);
    await toast(ctx, 'pipeline.copied');
    await redraw(ctx, await drawPipeline(ctx.staff, ctx.member, copy));
  },
  diagram: async (ctx, id) => {
    const pipeline = newestOf(await readPipelines(ctx.staff.db), id);
    const text = diagram(pipeline, (name) => voice(ctx).label(name));
    await toast(ctx);
    await ctx.replyWithDocument(new InputFile(Buffer.from(text), `${pipeline.id}-${pipeline.version}.mmd`), {
      caption: voice(ctx).text('pipeline.diagramCaption'),
      parse_mode: 'HTML',
    });
  },
  ...Object.fromEntries(
    typedEdits.map((edit): [string, Act] => [
      edit,
      async (ctx, pipeline, stage = '') => {
        await toast(ctx);
        await openPrompt(ctx, { kind: 'pipeline', edit, pipeline, stage });
        await say(ctx, `pipeline.askEdit.${edit}`);
      },
    ]),
  ),
};

/** What was typed for a change of a stage. */
export async function typedPipeline(
  ctx: StaffContext,
  { pipeline: id, stage, edit }: Extract<Prompt, { kind: 'pipeline' }>,
  text: string,
): Promise<void> {
  if (ctx.member.role !== 'head' || !isStage(stage)) {
    await closePrompt(ctx);
    return void (await say(ctx, 'pipeline.headOnly'));
  }
  const change = read(ctx, edit, text);
  if (!change)
    return void (await say(
      ctx,
      `pipeline.badEdit.${edit === 'minutes' || edit === 'training' ? edit : 'text'}`,
    ));
  if (!(await apply(ctx, id, { ...change, stage }))) return;
  await closePrompt(ctx);
  const drawn = await drawStage(ctx.staff, ctx.member, id, stage);
  if (drawn) await send(ctx, { ...drawn, text: `${voice(ctx).text('pipeline.saved')}\n\n${drawn.text}` });
}

/** The longest time limit of a stage, in minutes. */
const longestLimit = 20_160;

type Change = PipelineEdit extends infer E ? (E extends PipelineEdit ? Omit<E, 'stage'> : never) : never;

function read(ctx: StaffContext, edit: (typeof typedEdits)[number], text: string): Change | undefined {
  const [first = '', ...others] = text
    .split('\n')
    .map((line) => line.trim().slice(0, 200))
    .filter(Boolean);
  if (edit === 'minutes') {
    const minutes = readLength(ctx.staff.words, text, { unit: 'minutes', working: true }) ?? 0;
    return minutes < 1 || minutes > longestLimit ? undefined : { edit, minutes };
  }
  const none = /^[-–—]$/.test(text.trim());
  if (edit === 'hint') return { edit, hint: none ? undefined : own(ctx, text.trim().slice(0, 300)) };
  if (edit === 'training') {
    if (none) return { edit, training: undefined };
    return URL.canParse(first) && first.startsWith('https://') ? { edit, training: first } : undefined;
  }
  if (edit === 'checklist')
    return {
      edit,
      lines: first === '-' ? [] : [first, ...others].slice(0, 20).map((line) => own(ctx, line)),
    };
  if (!first) return undefined;
  if (edit === 'rename') return { edit, name: own(ctx, first) };
  const code = `s${eventId(ctx).replaceAll(/\D/g, '').slice(-10)}`;
  return {
    edit,
    code,
    name: own(ctx, first),
    outcome: own(ctx, others[0] ?? voice(ctx).plain('pipeline.done')),
    minutes: 240,
  };
}

/** The agency's own words stand for every language until somebody writes the others. */
function own(ctx: StaffContext, text: string): Name {
  return inEach(ctx, () => text);
}

function copied(ctx: StaffContext, name: Name): Name {
  const { words } = ctx.staff;
  return inEach(ctx, (lang) =>
    words.label({ lang, zone: 'utc' }, { key: 'pipeline.copyOf', params: { name } }),
  );
}

/** Words in each language there is. */
function inEach(ctx: StaffContext, text: (lang: string) => string): Name {
  const { langs } = ctx.staff.words;
  return { words: Object.fromEntries(langs.map((lang) => [lang, text(lang)])) as { ru: string } };
}

/** Make the next version with one change; what is wrong with it is said, and nothing is kept then. */
async function apply(ctx: StaffContext, id: string, edit: PipelineEdit): Promise<boolean> {
  const newest: Pipeline = newestOf(await readPipelines(ctx.staff.db), id);
  const next = editPipeline(newest, edit);
  if (!next) {
    await toast(ctx, 'staff.toast.stale', undefined, true);
    return false;
  }
  const saved = await savePipeline(ctx.staff, next, ctx.member._id);
  if (saved.ok) return true;
  if ('newer' in saved) await toast(ctx, 'refusal.newerVersion', undefined, true);
  else await sayFaults(ctx, saved.faults);
  return false;
}

async function sayFaults(
  ctx: StaffContext,
  faults: { code: string; stage?: string; what?: string }[],
): Promise<void> {
  await toast(ctx);
  const lines = faults.slice(0, 5).map(({ code, stage = '', what = '' }) => ({
    key: `pipeline.fault.${code}`,
    params: { stage, what },
  }));
  await say(ctx, 'pipeline.notSaved', { faults: { lines } });
}

async function show(ctx: StaffContext, drawn: Rendered | undefined): Promise<void> {
  if (!drawn) return toast(ctx, 'staff.toast.stale', undefined, true);
  await toast(ctx);
  await redraw(ctx, drawn);
}
