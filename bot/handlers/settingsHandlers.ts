import { Composer } from 'grammy';
import type { PolicyFault } from '../../flows/policies/policyPatch.ts';
import { changeAt } from '../../flows/policies/policyPatch.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { parseSetting } from '../settings/parseSetting.ts';
import { boundsOf, type Setting, settingAt, settingGroups } from '../settings/settings.ts';
import type { StaffContext } from '../staffContext.ts';
import { lengthText } from '../views/lengthText.ts';
import { drawGroup, drawSetting, drawSettings, hintOf, nameOf } from '../views/settingsView.ts';

/** The agency's numbers: `/settings`, and its buttons `g:<verb>:<group or path>`. The head's alone. */
export const settingsHandlers = new Composer<StaffContext>();

settingsHandlers.command('settings', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'staff.settings.headOnly'));
  await ctx.staff.livePolicy.refresh();
  await send(ctx, drawSettings(ctx.staff, ctx.member));
});

settingsHandlers.callbackQuery(/^g:(\w+)(?::([\w.]+))?(?::(\w+))?$/, async (ctx) => {
  const [, verb = '', what = '', value] = ctx.match;
  if (ctx.member.role !== 'head') return toast(ctx, 'staff.settings.headOnly', undefined, true);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!act) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, what, value);
});

const acts: Record<string, (ctx: StaffContext, what: string, value?: string) => Promise<void>> = {
  all: async (ctx) => {
    await toast(ctx);
    await closePrompt(ctx);
    await redraw(ctx, drawSettings(ctx.staff, ctx.member));
  },
  group: async (ctx, group) => {
    if (!Object.hasOwn(settingGroups, group)) return toast(ctx, 'staff.toast.stale', undefined, true);
    await toast(ctx);
    await closePrompt(ctx);
    await ctx.staff.livePolicy.refresh();
    await redraw(ctx, drawGroup(ctx.staff, ctx.member, group));
  },
  edit: async (ctx, path) => {
    const found = settingAt(path);
    if (!found) return toast(ctx, 'staff.toast.stale', undefined, true);
    await toast(ctx);
    await openPrompt(ctx, { kind: 'setting', path });
    await redraw(ctx, drawSetting(ctx.staff, ctx.member, found.setting, found.group));
  },
  reset: (ctx, path) => put(ctx, path, null),
  set: async (ctx, path, value) => {
    const known = settingAt(path)?.setting.choices?.includes(value ?? '');
    return known ? put(ctx, path, value) : toast(ctx, 'staff.toast.stale', undefined, true);
  },
};

/** A value by a button; `null` is the one that was shipped. */
async function put(ctx: StaffContext, path: string, value: unknown): Promise<void> {
  const found = settingAt(path);
  if (!found) return toast(ctx, 'staff.toast.stale', undefined, true);
  const changed = await ctx.staff.livePolicy.change(changeAt(path, value), ctx.member._id);
  if (!changed.ok) {
    await toast(ctx);
    return sayFault(ctx, found.setting, changed.faults);
  }
  await closePrompt(ctx);
  await toast(ctx, 'staff.settings.saved');
  await redraw(ctx, drawGroup(ctx.staff, ctx.member, found.group));
}

/** A value as typed: what is wrong with it is said, and it may be typed again. */
export async function typedSetting(
  ctx: StaffContext,
  { path }: Extract<Prompt, { kind: 'setting' }>,
  text: string,
): Promise<void> {
  const found = settingAt(path);
  if (!found || ctx.member.role !== 'head') {
    await closePrompt(ctx);
    return void (await say(ctx, 'staff.settings.headOnly'));
  }
  const { setting, group } = found;
  const parsed = parseSetting(ctx.staff.words, setting, text);
  if (!parsed.ok) return sayWrong(ctx, setting);
  const changed = await ctx.staff.livePolicy.change(changeAt(path, parsed.value), ctx.member._id);
  if (!changed.ok) return sayFault(ctx, setting, changed.faults);
  const drawn = drawGroup(ctx.staff, ctx.member, group);
  await send(ctx, { ...drawn, text: `${voice(ctx).text('staff.settings.saved')}\n\n${drawn.text}` });
  await closePrompt(ctx);
}

/** Which rule the value would break. */
async function sayFault(ctx: StaffContext, setting: Setting, faults: PolicyFault[]): Promise<void> {
  const [first] = faults;
  if (!first?.rule) return sayWrong(ctx, setting);
  await say(ctx, `staff.settings.fault.${first.message}`, { name: nameOf(voice(ctx), setting) });
}

/** What is expected instead: lengths of time in words. */
async function sayWrong(ctx: StaffContext, setting: Setting): Promise<void> {
  const { min, max } = boundsOf(setting);
  if (setting.kind !== 'number' || !setting.unit)
    return void (await say(ctx, `staff.settings.fault.${setting.kind}`, { min, max }));
  const limit = (value: number) => lengthText(voice(ctx), value, setting, 'limit');
  const hint = { key: hintOf(setting) };
  await say(ctx, 'staff.settings.fault.length', { min: limit(min), max: limit(max), hint });
}
