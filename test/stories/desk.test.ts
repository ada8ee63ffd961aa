import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { eventually } from '../support/eventually.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

interface InGroup {
  id: number;
  from: 'bot' | 'user';
  author: string;
  text: string;
  thread?: number;
  reactions: string[];
  photo?: object;
  voice?: object;
}
interface Topic {
  id: number;
  name: string;
  deleted?: boolean;
}

let product: RunningProduct;
let head: Person;
let recruiter: Person;
let group: number;

aStory(async (started) => {
  product = started;
  const { sim } = product;
  [head, recruiter] = await Promise.all([sim.role('head'), sim.role('recruiter')]);
  // Their own invites were taken: before that they are strangers to the bot.
  for (const who of [head, recruiter]) {
    await who.say('/help');
    await who.sees('Что здесь можно');
  }
});

const call = (method: string, path: string, body?: object) => product.sim.call(method, path, body);
const makeGroup = async (more: object): Promise<number> => {
  const made = await call('POST', '/sim/groups', {
    title: 'Рекрутеры',
    members: [head.id, recruiter.id],
    ...more,
  });
  return (made as { id: number }).id;
};
const said = async (thread?: number) =>
  (await call(
    'GET',
    `/sim/groups/${group}/messages${thread === undefined ? '' : `?thread=${thread}`}`,
  )) as InGroup[];
const topics = async () =>
  ((await call('GET', '/sim/groups')) as { id: number; topics: Topic[] }[]).find(({ id }) => id === group)
    ?.topics ?? [];
const write = async (who: Person, body: object, chat = group): Promise<number> => {
  const sent = (await call('POST', `/sim/users/${who.id}/send`, { chat, ...body })) as { messageId: number };
  await product.sim.idle();
  return sent.messageId;
};
const inTopic = (thread: number, text: string) =>
  eventually(
    () => said(thread),
    (list) => list.some((one) => one.from === 'bot' && one.text.includes(text)),
  );
const answered = (text: string) =>
  eventually(
    () => said(),
    (list) => list.at(-1)?.from === 'bot' && list.at(-1)?.text.includes(text) === true,
  );
const marked = (message: number) =>
  eventually(said, (list) => (list.find(({ id }) => id === message)?.reactions.length ?? 0) > 0).then(
    (list) => list.find(({ id }) => id === message)?.reactions,
  );

/** Somebody who answered the questions of the driver's vacancy and has a recruiter. */
async function candidate(name: string, phone: string): Promise<Person> {
  const { sim } = product;
  const person = await sim.newPerson(name, 'ru', phone);
  const { vacancies } = await sim.demo();
  const cook = vacancies.find(({ title }) => title.includes('Повар'));
  await person.say(`/start ${cook?.start ?? ''}`);
  await person.tap(label('candidate.consent.yes'));
  return person;
}

describe('the recruiters’ desk', () => {
  test('[A-19] /desk says what is missing: the head, topics, the right; then it is on', async () => {
    group = await makeGroup({ topics: false });
    await write(recruiter, { text: '/desk' });
    await answered('Рабочую группу выбирает руководитель.');
    await write(head, { text: '/desk' });
    await answered('включите темы');
    group = await makeGroup({ managed: false });
    await write(head, { text: '/desk' });
    await answered('администратором');
    group = await makeGroup({});
    await write(head, { text: '/desk' });
    await answered('Готово');
  });

  test('[A-19] a candidate’s words open their topic with one card; an answer there reaches them, and is marked', async () => {
    const anna = await candidate('Анна Белова', '+79160000001');
    await anna.say('/human');
    const [topic] = await eventually(topics, (list) => list.length > 0);
    expect(topic?.name).toMatch(/^Анна Белова · Повар/);
    const thread = topic?.id ?? 0;
    const seen = await inTopic(thread, 'Просит ответить человека');
    expect(seen.filter(({ text }) => text.includes('Отвечает бот'))).toHaveLength(1);
    const answer = await write(recruiter, { thread, text: 'Здравствуйте! Что подсказать?' });
    expect((await anna.sees('Что подсказать?')).text).toContain('Ковалёва');
    expect(await marked(answer)).toEqual(['\u{1F44C}']);
    await anna.say('А форму выдают?');
    await inTopic(thread, 'А форму выдают?');
    await inTopic(thread, '👤 Отвечает Мария Ковалёва');
  });

  test('[A-19] a photo and a voice go on; a note stays inside', async () => {
    const [topic] = await topics();
    const thread = topic?.id ?? 0;
    const anna = product.sim.person(
      ((await call('GET', '/sim/users')) as { id: number; name: string }[]).find(
        ({ name }) => name === 'Анна Белова',
      )?.id ?? 0,
    );
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await write(recruiter, { thread, photo: true, text: 'Вот вход', file: { name: 'in.png', base64: png } });
    expect(await anna.sees('Вот вход')).toHaveProperty('photo');
    await write(recruiter, { thread, voice: true });
    await eventually(
      () => anna.messages(),
      (list) => list.some((one) => 'voice' in one),
    );
    const before = (await anna.messages()).length;
    const note = await write(recruiter, { thread, text: '! перезвонить мужу' });
    const other = await write(recruiter, { thread, text: '// торгуется' });
    expect([await marked(note), await marked(other)]).toEqual([['\u{270D}'], ['\u{270D}']]);
    expect(await anna.messages()).toHaveLength(before);
  });

  test('[A-19] who writes answers: the talk passes to the head, and /end gives it back to the bot', async () => {
    const [topic] = await topics();
    const thread = topic?.id ?? 0;
    await write(head, { thread, text: 'Здравствуйте, это Елена.' });
    await inTopic(thread, 'Теперь отвечает Елена Орлова');
    expect((await recruiter.sees(worded('desk.handedOver'))).text).toMatch(
      /Елена Орлова, кандидат: Анна Белова/,
    );
    await write(head, { thread, text: '/end' });
    await eventually(
      () => said(thread),
      (list) => list.some(({ text }) => text.includes('Отвечает бот')),
    );
  });

  test('[A-19] a topic that somebody deleted is made anew with its card; strangers in the group are not heard', async () => {
    const [topic] = await topics();
    await call('POST', `/sim/groups/${group}/topics/${topic?.id ?? 0}/delete`);
    const anna = product.sim.person(
      ((await call('GET', '/sim/users')) as { id: number; name: string }[]).find(
        ({ name }) => name === 'Анна Белова',
      )?.id ?? 0,
    );
    await anna.say('/human');
    const open = await eventually(topics, (list) => list.some(({ deleted }) => !deleted));
    const thread = open.find(({ deleted }) => !deleted)?.id ?? 0;
    await inTopic(thread, 'Просит ответить человека');
    await inTopic(thread, 'Отвечает бот');
    const stranger = await product.sim.newPerson('Чужой');
    const mixed = await makeGroup({ members: [stranger.id] });
    await write(stranger, { text: '/desk' }, mixed);
    const there = (await call('GET', `/sim/groups/${mixed}/messages`)) as InGroup[];
    expect(there.filter(({ from }) => from === 'bot')).toEqual([]);
  });

  test('[X-02] who is forgotten has no topic any more, and no recruiter a message that names them', async () => {
    const zina = await candidate('Зинаида Неповторимая', '+79160000007');
    await zina.say('/human');
    const named = ({ name }: Topic) => name.includes('Неповторимая');
    const open = await eventually(topics, (list) => list.some(named));
    await inTopic(open.find(named)?.id ?? 0, 'Просит ответить человека');
    await zina.say('/mydata');
    expect((await zina.sees('одним файлом')).document?.name).toBe('мои данные.txt');
    const staff = [recruiter, head, await product.sim.role('recruiter', 1)];
    const all = async () => JSON.stringify(await Promise.all(staff.map((who) => who.messages())));
    await eventually(all, (text) => text.includes('Неповторимая'));
    await zina.say('/forget');
    expect((await zina.sees('Удалить все ваши данные?')).text).toContain('Отклик «Повар');
    await zina.tap(label('forget.button.yes'), 2);
    await zina.sees('Готово: ваши данные удалены');
    expect((await topics()).filter(named)).toMatchObject([{ deleted: true }]);
    await eventually(all, (text) => !text.includes('Неповторимая'));
    await eventually(all, (text) => text.includes('Человек попросил удалить свои данные'));
    await zina.say('Здравствуйте');
    await zina.sees('Какая вакансия вам интересна?');
  });
});
