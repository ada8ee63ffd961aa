import { named } from '../../flows/named.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import { valueAt } from '../../flows/policies/policyPatch.ts';
import type { Member } from '../../flows/member.ts';
import type { LivePolicy } from '../../runtime/livePolicy.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Setting, settingGroups } from '../settings/settings.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { lengthText } from './lengthText.ts';
import { zoneName } from '../../runtime/zoneName.ts';

type Deps = { words: Words; livePolicy: LivePolicy };

/** The groups of settings, and what applies to what. */
export function drawSettings({ words }: Deps, member: Member): Rendered {
  const said = speech(words, member);
  const buttons = Object.keys(settingGroups).map((group) =>
    said.button(`staff.settings.group.${group}`, `g:group:${group}`),
  );
  return { text: said.text('staff.settings.title'), buttons: inRows(buttons, 2) };
}

/** One group: each setting with its present value; its button asks for another. */
export function drawGroup({ words, livePolicy }: Deps, member: Member, group: string): Rendered {
  const said = speech(words, member);
  const settings = settingGroups[group] ?? [];
  const lines = settings.map((setting) =>
    said.text('staff.settings.line', {
      name: nameOf(said, setting),
      value: valueText(words, said, setting, livePolicy.policy),
    }),
  );
  const buttons = settings.map((setting) => ({
    label: nameOf(said, setting).slice(0, 60),
    data: `g:edit:${setting.path}`,
  }));
  const title = said.text('staff.settings.groupTitle', { group: { key: `staff.settings.group.${group}` } });
  return {
    text: [title, lines.join('\n'), said.text(`staff.settings.applies.${group}`)].join('\n\n'),
    buttons: [...buttons.map((button) => [button]), [said.button('staff.button.back', 'g:all')]],
  };
}

/** One setting: what stands, what was shipped, and the way back to it. */
export function drawSetting(
  { words, livePolicy }: Deps,
  member: Member,
  setting: Setting,
  group: string,
): Rendered {
  const said = speech(words, member);
  const own = valueAt(livePolicy.stands().patch, setting.path) !== undefined;
  const params = {
    name: nameOf(said, setting),
    value: valueText(words, said, setting, livePolicy.policy),
    shipped: valueText(words, said, setting, defaultPolicy),
    hint: { key: hintOf(setting) },
  };
  const reset = said.button('staff.settings.reset', `g:reset:${setting.path}`);
  return {
    text: said.text('staff.settings.ask', params),
    buttons: [
      ...(setting.choices ?? []).map((code) => [
        said.button(`${setting.section}.${code}`, `g:set:${setting.path}:${code}`),
      ]),
      ...(own ? [[reset]] : []),
      [said.button('staff.button.back', `g:group:${group}`)],
    ],
  };
}

/** How a value is typed. */
export function hintOf({ kind, unit, working }: Setting): string {
  if (kind !== 'number' || !unit) return `staff.settings.hint.${kind}`;
  return `staff.settings.hint.${working ? 'working' : unit}`;
}

/** A setting's name; the limits of a task are named by the task. */
export function nameOf(said: Speech, { path }: Setting): string {
  const [first, task, part] = path.split('.');
  if (first !== 'sla') return said.plain(`staff.settings.field.${path}`);
  return said.plain(`staff.settings.sla.${part}`, { task: { key: `staff.task.${task}` } });
}

/** A value as people read it. */
function valueText(words: Words, said: Speech, setting: Setting, policy: Policy): string {
  const value = valueAt(policy, setting.path);
  if (setting.kind === 'zone') return zoneName(words, said.reader.lang, String(value));
  if (setting.kind === 'lang') return said.plain(`staff.language.${String(value)}`);
  if (setting.kind === 'name' && value === '') return said.plain('staff.settings.asBot');
  if (typeof value === 'number') return lengthText(said, value, setting);
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) return said.plain('staff.settings.nothing');
  const shown = list.map((one) =>
    setting.section ? said.label(named(setting.section, String(one))) : String(one),
  );
  const unit = setting.unit ? said.plain(`staff.settings.unit.${setting.unit}`) : '';
  return `${shown.join(', ')}${unit && `\u00a0${unit}`}`;
}
