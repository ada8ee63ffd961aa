import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { eventually } from '../support/eventually.ts';
import { screenedDriver } from '../support/screenedDriver.ts';
import type { Person, Seen } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let driver = '';
let count = 0;

aStory(async (started) => {
  product = started;
  driver = await product.sim.startOf('Водитель');
});

const hour = 3_600_000;

/** A driver who has answered everything, with the recruiter who got the card. */
async function screened(name: string): Promise<{ person: Person; recruiter: Person; card: Seen }> {
  count += 1;
  const person = await screenedDriver(product.sim, { name, phone: `+7916000100${count}` });
  for (const index of [0, 1]) {
    const recruiter = await product.sim.role('recruiter', index);
    const card = (await recruiter.messages()).findLast(
      ({ text }) => text.includes(name) && text.includes('Анкета'),
    );
    if (card) return { person, recruiter, card };
  }
  throw new Error('no recruiter got the card');
}

/** Press a button of the card, by what it does. */
async function act(recruiter: Person, card: Seen, verb: string): Promise<void> {
  const now = (await recruiter.messages()).find(({ id }) => id === card.id);
  const data = now?.buttons.flat().find((button) => button.data?.startsWith(`s:${verb}:`))?.data;
  if (!data) throw new Error(`the card has no ${verb}: ${JSON.stringify(now?.buttons)}`);
  await recruiter.tapData(card.id, data);
}

/** Invited, format, first day, first time: when it starts. */
async function pickFirst(person: Person): Promise<number> {
  await person.tap(label('candidate.format.office'));
  const days = await person.sees(worded('candidate.slot.day'));
  await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
  const times = await person.sees(worded('candidate.slot.time'));
  const data = times.buttons[0]?.[0]?.data ?? '';
  await person.tapData(times.id, data);
  await person.sees(worded('candidate.slot.booked'));
  return Number(data.split(':').at(-1));
}

const textOf = async (who: Person, id: number) =>
  (await who.messages()).find((message) => message.id === id)?.text ?? '';

describe('a recruiter', () => {
  test('[P-03] [P-06] [P-09] [P-10] invites, sees the attendance asked for, and says that the portrait fits', async () => {
    const { person, recruiter, card } = await screened('Иван Пригласимов');
    await act(recruiter, card, 'invite');
    await person.sees(worded('candidate.invited'));
    const start = await pickFirst(person);
    await product.sim.to(new Date(start + 21 * 60_000).toISOString());
    const asked = (await recruiter.messages()).findLast(({ text }) => worded('notice.attendance').test(text));
    expect(asked?.text).toContain('Иван Пригласимов');
    const came = asked?.buttons.flat().find(({ data }) => data?.startsWith('s:came:'));
    await recruiter.tapData(asked?.id ?? 0, came?.data ?? '');
    await recruiter.say('/candidates Пригласимов');
    await recruiter.tap(/^1$/);
    const again = await recruiter.last();
    await act(recruiter, again, 'fits');
    await product.sim.advance('2m');
    await person.sees(worded('candidate.passed'));
  });

  test('[P-17] [P-18] refuses with a reason, undoes it, and no message of refusal ever leaves', async () => {
    const { person, recruiter, card } = await screened('Пётр Возвратов');
    await act(recruiter, card, 'refuse');
    const reason = (await recruiter.messages()).findLast(({ buttons }) =>
      (buttons ?? []).flat().some((button) => button.label === label('staff.reason.experience')),
    );
    const data = reason?.buttons
      .flat()
      .find((button) => button.label === label('staff.reason.experience'))?.data;
    await recruiter.tapData(reason?.id ?? 0, data ?? '');
    await recruiter.say('Мало опыта с прицепом');
    await recruiter.sees(worded('staff.said.refused'));
    await recruiter.say('/cancel');
    await recruiter.say('/candidates Возвратов');
    await recruiter.tap(/^1$/);
    await act(recruiter, await recruiter.last(), 'undo');
    await product.sim.advance('30h');
    expect((await person.messages()).some(({ text }) => worded('candidate.refusal').test(text))).toBe(false);
  });

  test('[A-19] [X-05] talks to a candidate through the bot, which is silent meanwhile', async () => {
    const { person, recruiter, card } = await screened('Олег Разговоров');
    await act(recruiter, card, 'relay');
    await recruiter.say('Здравствуйте! Когда вам позвонить?');
    await person.sees('Когда вам позвонить?');
    const before = (await person.messages()).length;
    await person.say('После шести');
    expect((await person.messages()).length).toBe(before + 1);
    await recruiter.sees('После шести');
    await recruiter.say('/end');
    await person.say('А куда ехать?');
    await person.sees(worded('candidate.passedOn'));
  });

  test('[P-02] [P-21] a lead nobody takes goes to the next recruiter, then to the head', async () => {
    const person = await product.sim.newPerson('Забытый Лид', 'ru', '+79160009999');
    await person.say(`/start ${driver}`);
    await person.tap(label('candidate.consent.yes'));
    await product.sim.advance('72h');
    const both = [await product.sim.role('recruiter', 0), await product.sim.role('recruiter', 1)];
    const texts = (await Promise.all(both.map((who) => who.messages()))).flat().map(({ text }) => text);
    const passed = texts.filter(
      (text) => text.includes('Забытый Лид') || worded('notice.passedToYou').test(text),
    );
    expect(passed.some((text) => worded('notice.passedToYou').test(text))).toBe(true);
    const head = await product.sim.role('head');
    const told = (await head.messages()).filter(({ text }) => worded('notice.escalated').test(text));
    expect(told.length).toBeGreaterThan(0);
  });

  test('[P-08] the card shows each answer to the reminders', async () => {
    const { person, recruiter, card } = await screened('Анна Карточкина');
    await act(recruiter, card, 'invite');
    const start = await pickFirst(person);
    await product.sim.to(new Date(start - 24 * hour + 60_000).toISOString());
    await person.tap(label('candidate.button.willCome'));
    expect(await textOf(recruiter, card.id)).toMatch(/✓ напоминание за 24 ч/);
  });

  test('[K-03] [K-06] the client hears of each interview for their vacancy, without contacts', async () => {
    const client = await product.sim.role('client');
    const notices = (await client.messages()).filter(({ text }) => worded('client.interview.set').test(text));
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.every(({ text }) => !text.includes('+7916'))).toBe(true);
    await client.say('/team');
    expect((await client.last()).text).not.toMatch(/Мария/);
  });

  test('[A-21] [B-11] [K-08] what the chat shows is a page by its button, for each their own', async () => {
    const { sim } = product;
    const pageOf = async (role: string, command: string) => {
      const person = await sim.role(role);
      await person.say(command);
      const [url = ''] = (await person.last()).buttons.flat().flatMap((button) => button.url ?? []);
      const answer = await fetch(url);
      return `${answer.status} ${await answer.text()}`;
    };
    const control = await pageOf('head', '/control');
    expect(control).toMatch(/^200[^]*Анна Карточкина/);
    const card = /href="([^"]*card_[^"]*)"/.exec(control)?.[1] ?? '';
    expect((await fetch(card.replaceAll('&#38;', '&'))).status).toBe(200);
    expect(await pageOf('recruiter', '/calendar')).toMatch(/^200[^]*<h1>Календарь/);
    for (const command of ['/interviews', '/progress'])
      expect(await pageOf('client', command)).toMatch(/^200(?![^]*7916)/);
  });

  test('[P-01] [P-02] [P-03] puts an ad on a vacancy; whoever responds on Avito is a lead with name, number and pages, is taken, and is invited in the chat there', async () => {
    const { sim } = product;
    const first = await sim.role('recruiter', 0);
    await first.say('/vacancies');
    await first.tap('Водитель');
    await first.tap(label('staff.vacancy.button.postings'));
    await first.tap(label('sites.posting.add'));
    await first.say('https://www.avito.ru/moskva/vakansii/voditel_4100000001?context=abc');
    await first.sees('4100000001');
    await sim.call('POST', '/sim/avito/responses', {
      vacancy: 4_100_000_001,
      first: 'Ольга',
      last: 'Авитова',
      phone: '+7 916 000-20-01',
      chat: 'u2i-77',
    });
    const recruiters = [first, await sim.role('recruiter', 1)];
    const { recruiter } = await eventually(
      async () => {
        const all = await Promise.all(recruiters.map((one) => one.messages()));
        return {
          recruiter: recruiters[all.findIndex((list) => list.some(({ text }) => text.includes('Авитова')))],
        };
      },
      (found) => found.recruiter !== undefined,
    );
    if (!recruiter) throw new Error('nobody got the lead');
    const notice = await recruiter.last();
    expect(notice.text).toMatch(worded('notice.newLead'));
    expect(notice.text).toContain('Авито');
    await recruiter.tap(label('notice.button.take'));
    const card = await recruiter.sees('+79160002001');
    expect(card.text).toContain('Ольга Авитова');
    expect(card.buttons.flat()).toContainEqual(
      expect.objectContaining({ url: 'https://www.avito.ru/profile/messenger/channel/u2i-77' }),
    );
    await recruiter.tap(label('staff.button.invite'));
    await sim.advance('2m');
    const written = () => sim.call('GET', '/sim/avito/messages') as Promise<{ chat: string; text: string }[]>;
    const [invitation] = await eventually(written, (all) => all.length > 0);
    expect(invitation?.chat).toBe('u2i-77');
    expect(invitation?.text).toMatch(/Приглашаем вас на собеседование[^]+\/p\//);
  });

  test('[P-01] [P-03] a response on hh is a lead with phone, WhatsApp and résumé; what is decided is read on hh', async () => {
    const { sim } = product;
    const hh = async <T>(method: string, path: string, body?: object): Promise<T> =>
      (await sim.call(method, `/sim/hh/${path}`, body)) as T;
    const head = await sim.role('head');
    await head.say('/sites');
    await head.tap('🔑');
    const { buttons } = await head.sees(worded('sites.consent'));
    const asked = await fetch(`${buttons[0]?.[0]?.url ?? ''}&answer=yes`);
    expect(await asked.text()).toContain('hh.ru');
    await head.sees(worded('sites.hh.connected'));

    const { id: vacancy } = await hh<{ id: string }>('POST', 'vacancies', { name: 'Водитель' });
    const first = await sim.role('recruiter');
    await first.say('/vacancies');
    await first.tap(/Водитель/);
    await first.tap(label('staff.vacancy.button.postings'));
    await first.tap(label('sites.posting.add'));
    await first.say(`https://hh.ru/vacancy/${vacancy}`);
    await first.sees(vacancy);
    const respond = async (name: string, phone: string): Promise<{ id: string; recruiter: Person }> => {
      const { id } = await hh<{ id: string }>('POST', 'responses', { vacancy, name, phone });
      const recruiters = [first, await sim.role('recruiter', 1)];
      const at = await eventually(
        async () => {
          const all = await Promise.all(recruiters.map((one) => one.messages()));
          return all.findIndex((list) => list.some(({ text }) => text.includes(name)));
        },
        (found) => found >= 0,
      );
      const recruiter = recruiters[at] ?? first;
      expect((await recruiter.last()).text).toMatch(worded('notice.newLead'));
      await recruiter.tap(label('notice.button.take'));
      return { id, recruiter };
    };
    type Told = { state: string; messages: { text: string }[] };
    const told = (id: string, state: string) =>
      eventually(
        () => hh<Told>('GET', `responses/${id}`),
        (response) => response.state === state,
      );

    const invited = await respond('Хедхантерова Ирина', '+79160002101');
    const card = await invited.recruiter.sees('+79160002101');
    const links = card.buttons.flat().flatMap(({ url }) => url ?? []);
    expect(links).toEqual([
      expect.stringMatching(/^https:\/\/hh\.ru\/resume\//),
      'https://wa.me/79160002101',
    ]);
    await invited.recruiter.tap(label('staff.button.invite'));
    await sim.advance('2m');
    const { messages } = await told(invited.id, 'invitation');
    expect(messages.at(-1)?.text).toMatch(/приглашаем вас на собеседование[^]+\/p\//);

    const refused = await respond('Отказова Нина', '+79160002102');
    await refused.recruiter.sees('+79160002102');
    await refused.recruiter.tap(label('staff.button.refuse'));
    await refused.recruiter.tap(label('staff.reason.experience'));
    await refused.recruiter.say('Мало опыта');
    await refused.recruiter.say('/cancel');
    expect((await hh<Told>('GET', `responses/${refused.id}`)).state).toBe('response');
    await sim.advance('24h');
    expect((await told(refused.id, 'discard')).messages.at(-1)?.text).toContain('не готовы пригласить');
  });

  test('[X-02] who keeps the data is named as the head has it in the settings', async () => {
    const head = await product.sim.role('head');
    await head.say('/settings');
    await head.tap(label('staff.settings.group.agency'));
    await head.tap(label('staff.settings.field.agencyName'));
    await head.say('Ромашка & Ко');
    await head.sees('Ромашка & Ко');
    const person = await product.sim.newPerson('Новая Соискательница');
    await person.say(`/start ${driver}`);
    expect((await person.sees(worded('candidate.consent.ask'))).text).toContain('«Ромашка & Ко»');
  });
});
