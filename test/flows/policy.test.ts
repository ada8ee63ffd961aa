import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { policySchema } from '../../flows/policies/policy.ts';
import { changeAt, patchPolicy, policyPatchSchema, valueAt } from '../../flows/policies/policyPatch.ts';
import { named } from '../../flows/named.ts';
import { words } from './factory.ts';

const codes = (patch: object) => {
  const patched = patchPolicy({}, { ...patch });
  return patched.ok ? [] : patched.faults.map(({ path, message, rule }) => [path, rule ? message : 'value']);
};

describe('the policy as data', () => {
  test('[P-21] what is shipped is a policy', () => {
    expect(policySchema.parse(defaultPolicy)).toEqual(defaultPolicy);
  });

  test.each([
    [{ slot: { minutes: 25 } }, [['slot.minutes', 'divides']]],
    [
      { slot: { minutes: 90 } },
      [
        ['slot.minutes', 'value'],
        ['slot.minutes', 'divides'],
      ],
    ],
    [{ slot: { firstFrom: 80 } }, [['slot.firstTo', 'firstTo']]],
    [{ sla: { take: { minutes: 20 } } }, [['sla.take.remindBefore', 'remindBefore']]],
    [{ refusal: { reasons: ['skills'] } }, [['refusal.reasons', 'otherReason']]],
    [{ refusal: { reasons: ['other', 'other'] } }, [['refusal.reasons', 'twice']]],
    [{ reminders: { hoursBefore: [3, 3] } }, [['reminders.hoursBefore', 'twice']]],
    [{ quiet: { from: '25:00' } }, [['quiet.from', 'value']]],
    [{ zone: 'Mars/Olympus' }, [['zone', 'zone']]],
    [{ mood: 'good' }, [['', 'value']]],
    [{ slot: { minutes: 30 }, relayHours: 8 }, []],
  ])('[P-21] a change is looked at as a whole: %j', (patch, faults) => {
    expect(codes(patch)).toEqual(faults);
  });

  test('[P-21] changes add up; null brings back what was shipped and leaves nothing behind', () => {
    const first = patchPolicy({}, { slot: { minutes: 30, daysAhead: 5 } });
    if (!first.ok) throw new Error('refused');
    expect(first.policy.slot).toEqual({ ...defaultPolicy.slot, minutes: 30, daysAhead: 5 });
    const second = patchPolicy(first.patch, { slot: { minutes: null } });
    expect(second).toMatchObject({ ok: true, patch: { slot: { daysAhead: 5 } } });
    expect(patchPolicy({ slot: { daysAhead: 5 } }, changeAt('slot.daysAhead', null))).toMatchObject({
      ok: true,
      patch: {},
      policy: defaultPolicy,
    });
  });

  test('[P-21] the door takes every part alone and nothing else', () => {
    for (const good of [{}, { slot: null }, { sla: { take: { minutes: 5 } } }])
      expect(policyPatchSchema.safeParse(good).success).toBe(true);
    for (const bad of [{ slots: {} }, { slot: { minutes: '20' } }, { sla: { take: { hours: 1 } } }])
      expect(policyPatchSchema.safeParse(bad).success).toBe(false);
  });

  test('[P-21] paths name values, and nothing inherited', () => {
    expect(valueAt(defaultPolicy, 'sla.take.minutes')).toBe(120);
    expect(valueAt(defaultPolicy, 'slot.constructor')).toBeUndefined();
    expect(valueAt(defaultPolicy, 'zone.length')).toBeUndefined();
  });
});

describe('[P-01] names an agency gave', () => {
  test.each([
    ['source', 'hh', 'hh.ru'],
    ['source', 'flyer_2', 'flyer_2'],
    ['source', 'Столб у метро <5>', 'Столб у метро <5>'],
    ['staff.reason', 'skills', 'Не хватает навыков'],
    ['staff.reason', 'toString', 'toString'],
    ['staff.reason', 'Не прошёл СБ', 'Не прошёл СБ'],
  ])('%s %s is said as "%s", never as a raw key', (section, name, said) => {
    const reader = { lang: 'ru', zone: 'utc' };
    expect(words.label(reader, named(section, name))).toBe(said);
    const text = words.text(reader, 'staff.card.source', { source: named(section, name) });
    expect(text).toBe(`Источник: ${said.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`);
  });
});
