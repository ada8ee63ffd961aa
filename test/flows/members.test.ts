import { describe, expect, it, test } from 'vitest';
import type { Member, Role } from '../../flows/member.ts';
import { clientAccess } from '../../flows/members/clientAccess.ts';
import { mayInvite, mayManage } from '../../flows/members/mayManage.ts';

const now = Date.parse('2026-11-24T08:00:00Z');
const member = (id: string, role: Role, more: Partial<Member> = {}): Member => ({
  _id: id,
  role,
  name: id,
  lang: 'ru',
  zone: 'Europe/Moscow',
  active: true,
  hours: { week: {}, off: [], buffer: 0 },
  ...more,
});
const vacancies = [
  { _id: 'cook', recruiters: ['r1'], client: 'c1' },
  { _id: 'driver', recruiters: ['r2'], client: 'c2' },
];

describe('[K-02] who may invite whom', () => {
  test.each<[string, Member | undefined, Role, string[], string | undefined]>([
    ['the head anybody', member('h', 'head'), 'head', [], undefined],
    ['the head a client without a vacancy', member('h', 'head'), 'client', [], undefined],
    ['nobody for a vacancy that is not there', member('h', 'head'), 'client', ['gone'], 'noSuchVacancy'],
    ['a recruiter the client of their own vacancy', member('r1', 'recruiter'), 'client', ['cook'], undefined],
    ['not of another’s', member('r1', 'recruiter'), 'client', ['cook', 'driver'], 'notAllowedHere'],
    ['not without one', member('r1', 'recruiter'), 'client', [], 'notAllowedHere'],
    ['no colleague', member('r1', 'recruiter'), 'recruiter', [], 'notAllowedHere'],
    ['a client nobody', member('c1', 'client'), 'client', ['cook'], 'notAllowedHere'],
    [
      'nobody whose access is closed',
      member('h', 'head', { active: false }),
      'client',
      ['cook'],
      'notAllowedHere',
    ],
    ['nobody who is not there', undefined, 'client', ['cook'], 'notAllowedHere'],
  ])('%s', (_what, by, role, wanted, code) => {
    expect(mayInvite(by, role, wanted, vacancies)).toBe(code);
  });
});

describe('[K-02] whose access somebody opens and closes', () => {
  const h = member('h', 'head');
  const r1 = member('r1', 'recruiter');
  test.each<[string, Member, Member, string | undefined]>([
    ['the head a recruiter’s', h, r1, undefined],
    ['the head another head’s', h, member('h2', 'head'), undefined],
    ['nobody their own', h, h, 'yourself'],
    ['a recruiter their client’s', r1, member('c1', 'client'), undefined],
    ['a recruiter whom they invited', r1, member('c9', 'client', { invitedBy: 'r1' }), undefined],
    ['not another’s client', r1, member('c2', 'client'), 'notAllowedHere'],
    ['not a colleague', r1, member('r2', 'recruiter'), 'notAllowedHere'],
    ['not the head', r1, h, 'notAllowedHere'],
    ['a client nobody', member('c1', 'client'), r1, 'notAllowedHere'],
  ])('%s', (_what, by, whose, code) => {
    expect(mayManage(by, whose, vacancies)).toBe(code);
  });
});

describe('[K-02] a client’s access', () => {
  const day = { ends: 'vacancy' as const, noticeHours: 24 };
  const client = (more: Partial<Member> = {}) => member('c1', 'client', more);
  const none = { open: 0, busy: 0 };
  it.each([
    ['stays with an open vacancy', client(), { ...none, open: 1 }, undefined],
    ['is noticed when the last one closes', client(), none, 'notice'],
    ['waits for people whose client’s word is awaited', client(), { ...none, busy: 1 }, 'later'],
    ['ends when the notice has passed', client({ access: { endsAt: now } }), none, 'close'],
    ['and not before', client({ access: { endsAt: now + 1 } }), none, undefined],
    [
      'comes back with a new vacancy',
      client({ active: false, access: { ended: 1 } }),
      { ...none, open: 1 },
      'back',
    ],
    [
      'the notice is forgotten with a new one',
      client({ access: { endsAt: now + 1 } }),
      { ...none, open: 1 },
      'back',
    ],
    ['closed by hand does not come back', client({ active: false }), { ...none, open: 1 }, undefined],
    ['kept by hand does not end', client({ access: { kept: 1 } }), none, undefined],
    ['is nothing of a recruiter’s', member('r1', 'recruiter'), none, undefined],
  ])('%s', (_what, who, facts, step) => {
    expect(clientAccess(who, facts, day, now)).toBe(step);
  });

  it('ends by hand only where the agency wants it so', () => {
    expect(clientAccess(client(), none, { ...day, ends: 'never' }, now)).toBeUndefined();
  });
});
