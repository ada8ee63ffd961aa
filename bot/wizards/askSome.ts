import type { Params } from '../../flows/effect.ts';
import { inRows } from '../speech.ts';
import type { Accepted, WizardTalk } from './wizardTalk.ts';

/** Some of a list, each ticked and unticked by its button. @returns the values that are ticked, in the list's order */
export function askSome(
  talk: WizardTalk,
  question: { step: string; key: string; params?: Params },
  items: { value: string; label: string }[],
  rule: { before?: string[]; least?: number; perRow?: number; done?: string; one?: boolean } = {},
): Promise<string[]> {
  const chosen = new Set(rule.before);
  const { step } = question;
  const screen = () => {
    const buttons = items.map(({ value, label }) => ({
      ...talk.button(step, value, 'staff.wizard.next'),
      label: `${chosen.has(value) ? '✅' : '▫️'} ${label}`,
    }));
    const done = talk.button(step, 'done', rule.done ?? 'staff.wizard.next', { style: 'primary' });
    return { ...question, buttons: [...inRows(buttons, rule.perRow ?? 1), [done]] };
  };
  return talk.ask(screen(), (answer): Accepted<string[]> => {
    if (!('tapped' in answer)) return { hint: 'staff.wizard.useButtons' };
    const { tapped } = answer;
    if (tapped === 'done') {
      const value = items.map((item) => item.value).filter((one) => chosen.has(one));
      return value.length >= (rule.least ?? 0) ? { value } : { hint: 'staff.wizard.atLeastOne' };
    }
    if (!chosen.delete(tapped) && items.some(({ value }) => value === tapped)) {
      if (rule.one) chosen.clear();
      chosen.add(tapped);
    }
    return { again: screen() };
  });
}
