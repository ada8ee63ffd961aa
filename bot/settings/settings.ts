import { z } from 'zod';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { policySchema } from '../../flows/policies/policy.ts';

/** How a value is typed and shown. */
export type SettingKind =
  'number' | 'numbers' | 'time' | 'text' | 'name' | 'currency' | 'zone' | 'lang' | 'reasons' | 'choice';

export interface Setting {
  /** Where it stands in the policy, as `slot.minutes`. Its name is `staff.settings.field.<path>`. */
  path: string;
  kind: SettingKind;
  /** Where the words of its codes stand. */
  section?:
    | 'staff.reason'
    | 'candidate.cancel.reason'
    | 'staff.settings.placeTaken'
    | 'staff.settings.inviteCopies'
    | 'staff.settings.clientAccess'
    | 'staff.settings.calendar';
  /** The codes to choose among. */
  choices?: readonly string[];
  unit?: 'minutes' | 'hours' | 'days' | 'years';
  /** Of working time. */
  working?: true;
}

const tasks = Object.keys(defaultPolicy.sla);
const number = (path: string, unit?: Setting['unit']): Setting => ({
  path,
  kind: 'number',
  ...(unit && { unit }),
});

/** The head's settings, in groups as they are shown; a group's name is `staff.settings.group.<name>`. */
export const settingGroups: Record<string, Setting[]> = {
  reminders: [
    { path: 'reminders.hoursBefore', kind: 'numbers', unit: 'hours' },
    number('reminders.silenceMinutes', 'minutes'),
    number('reminders.unfinishedHours', 'hours'),
    number('attendanceMinutes', 'minutes'),
    {
      path: 'inviteCopies',
      kind: 'choice',
      section: 'staff.settings.inviteCopies',
      choices: ['both', 'email', 'sms', 'none'],
    },
  ],
  slot: [
    number('slot.minutes', 'minutes'),
    number('slot.noticeMinutes', 'minutes'),
    number('slot.daysAhead', 'days'),
    number('slot.firstFrom', 'hours'),
    number('slot.firstTo', 'hours'),
    number('slot.daysShown'),
    number('slot.timesShown'),
    number('line.holdMinutes', 'minutes'),
    number('line.farHours', 'hours'),
  ],
  quiet: [
    { path: 'quiet.from', kind: 'time' },
    { path: 'quiet.to', kind: 'time' },
  ],
  refusal: [
    number('refusal.messageHours', 'hours'),
    number('refusal.againDays', 'days'),
    { path: 'refusal.reasons', kind: 'reasons', section: 'staff.reason' },
    {
      path: 'placeTaken',
      kind: 'choice',
      section: 'staff.settings.placeTaken',
      choices: ['refuse', 'reserve', 'other'],
    },
    { path: 'withdrawal.reasons', kind: 'reasons', section: 'candidate.cancel.reason' },
  ],
  match: [number('match.pauseDays', 'days')],
  sla: tasks.flatMap((task) =>
    ['minutes', 'remindBefore'].map((part): Setting => ({
      ...number(`sla.${task}.${part}`, 'minutes'),
      working: true,
    })),
  ),
  work: [
    number('agreeHoldHours', 'hours'),
    number('probation.days', 'days'),
    number('probation.noticeDays', 'days'),
    number('probation.guaranteeDays', 'days'),
    { path: 'probation.dayEndsAt', kind: 'time' },
  ],
  calls: [
    number('calls.holdMinutes', 'minutes'),
    number('calls.againHours', 'hours'),
    { path: 'calls.morningAt', kind: 'time' },
    { path: 'calls.eveningAt', kind: 'time' },
    number('calls.missedLimit'),
    number('calls.reserveHours', 'hours'),
  ],
  clientCalls: [
    number('clientCalls.minutes', 'minutes'),
    number('clientCalls.dayHours', 'hours'),
    number('clientCalls.peopleMinutes', 'minutes'),
    number('clientCalls.clientMinutes', 'minutes'),
    number('clientCalls.followUpMinutes', 'minutes'),
  ],
  clientAccess: [
    {
      path: 'clientAccess.ends',
      kind: 'choice',
      section: 'staff.settings.clientAccess',
      choices: ['vacancy', 'never'],
    },
    number('clientAccess.noticeHours', 'hours'),
  ],
  contracts: [number('contracts.noticeDays', 'days')],
  talk: [
    number('relayHours', 'hours'),
    number('misunderstandings'),
    number('undeliveredMinutes', 'minutes'),
    number('undoSeconds'),
  ],
  consent: [{ path: 'consent.version', kind: 'text' }, number('consent.keepYears', 'years')],
  agency: [
    { path: 'agencyName', kind: 'name' },
    { path: 'currency', kind: 'currency' },
    { path: 'zone', kind: 'zone' },
    { path: 'lang', kind: 'lang' },
    { path: 'calendar', kind: 'choice', section: 'staff.settings.calendar', choices: ['ru', 'none'] },
  ],
};

/** The setting with this path, and its group. */
export function settingAt(path: string): { setting: Setting; group: string } | undefined {
  for (const [group, settings] of Object.entries(settingGroups)) {
    const setting = settings.find((one) => one.path === path);
    if (setting) return { setting, group };
  }
  return undefined;
}

/** The least and the most a number may be, as the schema has it. */
export function boundsOf({ path }: Setting): { min: number; max: number } {
  let schema: unknown = policySchema;
  for (const name of path.split('.')) if (schema instanceof z.ZodObject) schema = schema.shape[name];
  if (schema instanceof z.ZodArray) schema = schema.element;
  return schema instanceof z.ZodNumber
    ? { min: schema.minValue ?? 0, max: schema.maxValue ?? 0 }
    : { min: 0, max: 0 };
}
