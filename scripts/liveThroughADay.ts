import { join } from 'node:path';
import { z } from 'zod';
import { loadWords } from '../runtime/words.ts';

/** What the answers are asked for. */
const shape = z.looseObject({
  application: z.string().default(''),
  items: z.array(z.looseObject({ start: z.string().default('') })).default([]),
  people: z.array(z.looseObject({ id: z.number(), role: z.string() })).default([]),
});
const messages = z.array(
  z.looseObject({ buttons: z.array(z.array(z.looseObject({ url: z.string().optional() }))).default([]) }),
);
const vacancies = ['driver', 'cook', 'operator'];
/** How far the people who come get, in turn: new leads whom nobody has taken, taken ones, invited, with an interview. */
const ends = ['new', 'interview', 'interview', 'invite', 'interview', 'taken', 'interview', 'interview'];

/**
 * Fills a fresh demo with a day of an agency through its own doors: people come, are taken, get interviews; a group and
 * calls with clients are planned; hours pass, and something is late.
 *
 * @param key an admin's, of the API
 * @returns the address of the head's control page, as the chat gives it
 */
export async function liveThroughADay(url: string, key: string): Promise<string> {
  const words = loadWords(join(import.meta.dirname, '../locales'));
  const say = (what: string) => words.label({ lang: 'ru', zone: 'utc' }, { key: `demo.${what}` });
  const call = async (method: string, path: string, body?: object, member?: string): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(member !== undefined && { 'x-member': member }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const read = async (...of: Parameters<typeof call>) => shape.parse((await call(...of)) ?? {});
  const api = (path: string) => `/api/v1${path}`;
  const free = async (vacancy: string) => (await read('GET', api(`/vacancies/${vacancy}/slots`))).items;

  for (const [index, guest] of say('guests').split(', ').entries()) {
    const vacancy = vacancies[index % vacancies.length] ?? '';
    const body = { name: guest, vacancy, source: 'hh' };
    const { application } = await read('POST', api('/candidates'), body);
    const end = ends[index % ends.length];
    if (end === 'new') continue;
    await read('POST', api(`/applications/${application}/take`), {}, index % 2 ? 'recruiter1' : 'recruiter2');
    if (end === 'invite') await read('POST', api(`/applications/${application}/invite`), {});
    if (end !== 'interview') continue;
    const slots = await free(vacancy);
    // Here and there in the days that are offered.
    const start = slots[(index * 7) % slots.length]?.start;
    const format = vacancy === 'cook' ? 'office' : 'phone';
    await read('POST', api(`/applications/${application}/interview`), { start, format });
  }
  const later = (await free('driver')).at(-9)?.start;
  const soon = (await free('cook')).at(30)?.start;
  const company = say('people.company');
  await read('POST', api('/client-calls'), { kind: 'first', start: soon, manager: 'recruiter1', company });
  const group = { kind: 'training', vacancy: 'driver', minutes: 60, places: 6, format: 'office' };
  await read('POST', api('/groups'), { ...group, start: later, host: 'recruiter1' });
  await call('POST', '/sim/clock', { advance: '2h' });
  const { people } = await read('GET', '/sim/demo');
  const head = people.find(({ role }) => role === 'head')?.id ?? 0;
  await call('POST', `/sim/users/${head}/send`, { text: '/control' });
  await call('GET', '/sim/idle');
  const said = messages.parse(await call('GET', `/sim/users/${head}/messages`));
  const links = said.flatMap(({ buttons }) => buttons.flat().flatMap((button) => button.url ?? []));
  return links.at(-1) ?? '';
}
