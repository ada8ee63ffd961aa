import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { openPolicy } from '../../runtime/livePolicy.ts';
import { type ApiUnderTest, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const change = (body: object, more: object = {}) => api.call('PATCH', '/api/v1/policy', { body, ...more });

describe('the policy by the API', () => {
  test('[P-21] [X-11] is read, changed in part, and brought back; each change is in the audit log', async () => {
    expect((await api.call('GET', '/api/v1/policy')).body).toEqual({
      version: 0,
      policy: defaultPolicy,
      changes: {},
    });
    const changed = await change({ slot: { daysAhead: 3 }, reminders: { hoursBefore: [48, 2] } });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        version: 1,
        policy: { slot: { minutes: 20, daysAhead: 3 }, reminders: { hoursBefore: [48, 2] } },
      },
    });
    const back = await change({ slot: null });
    expect(back).toMatchObject({ body: { changes: { reminders: { hoursBefore: [48, 2] } } } });
    expect(back.body).not.toHaveProperty('changes.slot');
    const facts = await api.world.db.ledger.find({ what: 'policyChanged' }).sort({ at: 1 }).toArray();
    expect(facts.map(({ _id, by }) => [_id, by])).toEqual([
      ['policy:1', 'api:crm'],
      ['policy:2', 'api:crm'],
    ]);
  });

  test('[P-21] windows follow at once', async () => {
    const more = async () => (await api.call('GET', '/api/v1/vacancies/cook/slots?limit=100')).body.next;
    expect(await more()).toBeTypeOf('string');
    await change({ slot: { daysAhead: 1, noticeMinutes: 10_000 } });
    expect(await more()).toBeUndefined();
    await change({ slot: null });
  });

  test.each([
    [{ slot: { minutes: 25 } }, 'slot.minutes', /делиться|divide/],
    [{ slot: { minutes: 'x' } }, 'slot.minutes', /./],
    [{ mood: 1 }, 'mood', /./],
  ])('[P-21] %j is refused with the field and the fault in words', async (body, path, message) => {
    const before = await api.call('GET', '/api/v1/policy');
    const refused = await change(body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalidRequest', errors: [{ path }] } });
    expect(refused.body.errors[0]?.message).toMatch(message);
    expect((await api.call('GET', '/api/v1/policy')).body).toEqual(before.body);
  });

  test('[X-11] a recruiter may not, and a reading key may not', async () => {
    expect((await change({ relayHours: 1 }, { headers: { 'x-member': 'recruiter1' } })).status).toBe(403);
    expect((await change({ relayHours: 1 }, { key: api.reader })).status).toBe(403);
  });

  test('[P-21] two processes: both changes stand, and each reads the other’s', async () => {
    const [one, two] = await Promise.all([
      openPolicy(api.world.db, api.world.clock, () => undefined),
      openPolicy(api.world.db, api.world.clock, () => undefined),
    ]);
    await Promise.all([one.change({ relayHours: 7 }, 'head'), two.change({ misunderstandings: 5 }, 'head')]);
    await Promise.all([one.refresh(), two.refresh()]);
    for (const { policy } of [one, two])
      expect(policy).toMatchObject({ relayHours: 7, misunderstandings: 5 });
    await one.change({ relayHours: null, misunderstandings: null }, 'head');
  });

  test('[P-21] what another version of the product wrote does not stop this one', async () => {
    await api.world.db.settings.updateOne(
      { _id: 'policy' },
      { $set: { value: { version: 900, patch: { slot: { minutes: 'old' } } } } },
    );
    const logged: object[] = [];
    const { policy } = await openPolicy(api.world.db, api.world.clock, (line) => logged.push(line));
    expect(policy.slot.minutes).toBe(20);
    expect(logged).toHaveLength(1);
  });
});
