import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { makeCooks } from '../support/makeCooks.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
aStory((started) => {
  product = started;
});

const code = async (person: Person): Promise<string> =>
  /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec((await person.last()).text)?.[0] ?? '';
const inMax = (name: string, phone: string) => product.sim.newPerson(name, 'ru', phone, 'max');

describe('one person in two messengers', () => {
  test('[X-05] starts in Telegram, goes on in MAX in the middle of a question, and is one candidate', async () => {
    const cooks = await makeCooks(product, 888);
    const anna = await cooks.begun('Анна Двойная');
    await anna.tap('2/2');
    await anna.sees('Сколько лет');
    await anna.say('/link');
    const secret = await code(anna);
    const there = await inMax('Анна Двойная', '+79160000301');
    await there.say('/start');
    await there.say(secret.toLowerCase());
    await there.sees(worded('candidate.link.done'));
    await there.sees('Сколько лет');
    await there.say('3 года');
    await there.sees('медицинская книжка');
    expect((await anna.last()).text).toContain(secret);
    await anna.say('/status');
    expect((await anna.last()).text).toContain('медицинская книжка');
  });

  test('[X-05] a button opens each other messenger with the code: WhatsApp from Telegram, Telegram from MAX', async () => {
    const cooks = await makeCooks(product, 891);
    const anna = await cooks.begun('Анна Тройная');
    await anna.tap('2/2');
    await anna.say('/link');
    const urls = (await anna.last()).buttons.flat().map(({ url = '' }) => new URL(url));
    expect(urls.map(({ host }) => host)).toEqual(['max.ru', 'wa.me']);
    const typed = urls[1]?.searchParams.get('text') ?? '';
    const phone = await product.sim.newPerson('Анна Тройная', 'ru', '+79160000305', 'whatsapp');
    await phone.say(typed);
    await phone.sees(worded('candidate.link.done'));
    await phone.sees('Сколько лет');
    // And from there on into MAX, by what MAX itself makes of the link.
    await phone.say('/link');
    const links = (await phone.last()).text.match(/https:\/\/\S+/g) ?? [];
    const buttons = (await phone.last()).buttons.flat().flatMap(({ url }) => (url ? [url] : []));
    const toMax = [...links, ...buttons].find((url) => url.includes('max.ru')) ?? '';
    const max = await inMax('Анна Тройная', '+79160000306');
    await max.say(`/start ${new URL(toMax).searchParams.get('start') ?? ''}`);
    await max.sees(worded('candidate.link.done'));
    await max.say('/link');
    const back = (await max.last()).buttons.flat().find(({ url }) => url?.includes('t.me'))?.url ?? '';
    const other = await product.sim.newPerson('Анна Тройная', 'ru', '+79160000307');
    await other.say(`/start ${new URL(back).searchParams.get('start') ?? ''}`);
    await other.sees(worded('candidate.link.done'));
    await other.sees('Сколько лет');
  });

  test('[X-05] a code is good once; five wrong ones and even a right one is not looked at', async () => {
    const cooks = await makeCooks(product, 889);
    const boris = await cooks.begun('Борис Двойной');
    await boris.say('/link');
    const secret = await code(boris);
    const thief = await inMax('Чужой Человек', '+79160000302');
    for (let tries = 0; tries < 5; tries += 1) {
      await thief.say(`ABCD-EFG${tries + 2}`);
      await thief.sees(worded('candidate.link.not.wrong'));
    }
    await thief.say(secret);
    await thief.sees(worded('candidate.link.not.wrong'));
    const own = await inMax('Борис Двойной', '+79160000303');
    await own.say(secret);
    await own.sees(worded('candidate.link.done'));
    const late = await inMax('Опоздавший', '+79160000304');
    await late.say(secret);
    await late.sees(worded('candidate.link.not.wrong'));
  });

  test('[X-05] whoever has applications there keeps them; the owner is here already', async () => {
    const cooks = await makeCooks(product, 890);
    const [one, other] = [await cooks.begun('Вера Первая'), await cooks.begun('Глеб Второй')];
    await one.say('/status');
    await one.tap(label('candidate.link.button'));
    const secret = await code(one);
    await other.say(secret);
    await other.sees(worded('candidate.link.not.own'));
    await one.say(secret);
    await one.sees(worded('candidate.link.not.here'));
  });
});
