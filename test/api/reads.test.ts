import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Loose, startApi } from './startApi.ts';

let api: ApiUnderTest;
const people: { candidate: string; application: string }[] = [];

beforeAll(async () => {
  api = await startApi();
  const names = ['Анна Кузнецова', 'Борис Орлов', 'Вера Орлова', 'Глеб Сидоров', 'Дарья Ким'];
  for (const [index, name] of names.entries()) {
    people.push(
      await api.lead(name, { phone: `+7 916 000-00-0${index}`, vacancy: index < 3 ? 'cook' : 'driver' }),
    );
  }
  await api.world.quiet();
});
afterAll(() => api.close());

const get = async (path: string): Promise<Loose> => {
  const reply = await api.call('GET', `/api/v1${path}`, { key: api.reader });
  expect(reply.status).toBe(200);
  return reply.body;
};

/** Every page of a list, two at a time. */
async function pages(path: string): Promise<Loose[]> {
  const all: Loose[] = [];
  let after = '';
  do {
    const { items, next } = await get(
      `${path}${path.includes('?') ? '&' : '?'}limit=2${after && `&after=${after}`}`,
    );
    expect(items.length).toBeLessThanOrEqual(2);
    all.push(...items);
    after = next ?? '';
  } while (after);
  return all;
}

describe('reading', () => {
  test('[X-11] vacancies are listed by status and read with their questions and free windows', async () => {
    const open = await pages('/vacancies?status=open');
    expect(open.map(({ id }) => id)).toContain('cook');
    expect((await pages('/vacancies?status=archived')).every(({ status }) => status === 'archived')).toBe(
      true,
    );
    const cook = await get('/vacancies/cook');
    expect(cook.questions.length).toBeGreaterThan(0);
    const slots = await get('/vacancies/cook/slots?limit=6');
    const end = slots.items[5]?.start ?? '';
    const before = slots.items.filter(({ start }: Loose) => start < end);
    expect(await pages(`/vacancies/cook/slots?to=${end}`)).toEqual(before);
    const [first] = slots.items;
    const within = await get(
      `/vacancies/cook/slots?from=${first?.start}&to=${first?.end}&interviewer=${first?.interviewer}`,
    );
    expect(within.items).toEqual([first]);
  });

  test('[X-11] candidates are found by words of the name in any order and by phone as people write it', async () => {
    const found = async (q: string) =>
      (await pages(`/candidates?q=${encodeURIComponent(q)}`)).map(({ name }) => name).sort();
    expect(await found('орлов')).toEqual(['Борис Орлов', 'Вера Орлова']);
    expect(await found('Кузнецова анна')).toEqual(['Анна Кузнецова']);
    expect(await found('8 (916) 000-00-03')).toEqual(['Глеб Сидоров']);
    expect(await found('0000004')).toEqual(['Дарья Ким']);
    expect(await found('.*')).toEqual([]);
    expect(await pages('/candidates')).toHaveLength(5);
    const one = await get(`/candidates/${people[0]?.candidate}`);
    expect(one).toMatchObject({
      name: 'Анна Кузнецова',
      phone: '+79160000000',
      applications: [{ vacancy: 'cook' }],
    });
  });

  test('[X-11] applications are listed by stage, vacancy and recruiter, each once over all pages', async () => {
    const all = await pages('/applications');
    expect(all.map(({ id }) => id).sort()).toEqual(people.map(({ application }) => application).sort());
    expect(await pages('/applications?vacancy=cook&stage=review')).toHaveLength(3);
    expect(await pages('/applications?stage=refused')).toEqual([]);
    const recruiter = all[0]?.recruiter;
    const mine = await pages(`/applications?recruiter=${recruiter}`);
    expect(mine.map(({ id }) => id)).toEqual(
      all.filter((one) => one.recruiter === recruiter).map(({ id }) => id),
    );
    const one = await get(`/applications/${all[0]?.id}`);
    expect(one).toMatchObject({
      id: all[0]?.id,
      stage: 'review',
      moves: expect.arrayContaining(['invited']),
    });
  });

  test('[X-11] a person with several applications on a page border loses none', async () => {
    const [anna] = people;
    for (const vacancy of ['driver', 'operator']) {
      await api.call('POST', `/api/v1/candidates/${anna?.candidate}/applications`, { body: { vacancy } });
    }
    const all = await pages('/applications');
    const person = await get(`/candidates/${anna?.candidate}`);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all).toHaveLength(4 + person.applications.length);
  });

  test('[X-11] the history of an application is read in words, newest first, by kind', async () => {
    const id = people[1]?.application;
    await api.call('POST', `/api/v1/applications/${id}/notes`, { body: { text: 'Звонила <b>сама</b>' } });
    await api.world.quiet();
    const rows = await pages(`/messages?application=${id}`);
    const times = rows.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(rows.find(({ what }) => what === 'noteAdded')).toMatchObject({ kind: 'fact', by: 'api:crm' });
    const out = (await get(`/messages?candidate=${people[1]?.candidate}&kind=out`)).items;
    expect(out.every(({ kind, status }: Loose) => kind === 'out' && status)).toBe(true);
  });

  test('[X-11] members are listed by role without their chats', async () => {
    const members = await pages('/members?role=recruiter');
    expect(members.map(({ id }) => id)).toEqual(['recruiter1', 'recruiter2']);
    expect(members[0]).toMatchObject({ linked: true });
    expect(JSON.stringify(members)).not.toContain('m-recruiter1');
  });

  test('[X-11] what is not there is told by its code', async () => {
    for (const [path, code] of [
      ['/vacancies/none', 'noSuchVacancy'],
      ['/vacancies/none/slots', 'noSuchVacancy'],
      ['/candidates/none', 'noSuchCandidate'],
      ['/applications/none', 'noSuchApplication'],
    ]) {
      expect(await api.call('GET', `/api/v1${path}`)).toMatchObject({ status: 404, body: { code } });
    }
  });
});
