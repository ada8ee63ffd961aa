import { eventually } from './eventually.ts';
import { noRawKeys } from './noRawKeys.ts';

export interface SeenButton {
  label: string;
  data?: string;
  url?: string;
  disabled?: boolean;
}
export interface Seen {
  id: number;
  from: 'bot' | 'user';
  text: string;
  buttons: SeenButton[][];
  document?: { name: string; url: string };
  keyboard?: { label: string; contact?: true }[][];
  date: string;
  edited: boolean;
}

/** A person with a phone in the simulator. */
export interface Person {
  id: number;
  say(text: string): Promise<void>;
  send(body: object): Promise<void>;
  /** Press the newest button whose label contains (or matches) this. */
  tap(label: string | RegExp, times?: number): Promise<void>;
  tapData(messageId: number, data: string): Promise<void>;
  messages(): Promise<Seen[]>;
  last(): Promise<Seen>;
  /** Wait for a message of the bot that matches, new or edited since the last `sees`. */
  sees(text: string | RegExp): Promise<Seen>;
}

export interface Simulator {
  call(method: string, path: string, body?: object): Promise<unknown>;
  newPerson(name: string, lang?: string, phone?: string, channel?: 'whatsapp' | 'max'): Promise<Person>;
  person(id: number): Person;
  role(role: string, index?: number): Promise<Person>;
  demo(): Promise<{
    people: { id: number; name: string; role: string }[];
    vacancies: { title: string; start: string }[];
  }>;
  /** What the link of a vacancy starts with, by a part of its title. */
  startOf(title: string): Promise<string>;
  idle(): Promise<void>;
  advance(by: string): Promise<void>;
  to(iso: string): Promise<void>;
  now(): Promise<number>;
}

/** What can be seen of a message: its text and its buttons. */
const content = ({ text, buttons }: Seen) => JSON.stringify([text, buttons]);

/** The control API of `simulator/README.md`, as a test speaks it. */
export function makeSimulator(url: string): Simulator {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const idle = async () => void (await call('GET', '/sim/idle'));

  const person = (id: number): Person => {
    let seen = 0;
    let before = new Map<number, string>();
    const messages = async () => {
      const all = (await call('GET', `/sim/users/${id}/messages`)) as Seen[];
      for (const { from, text, buttons } of all)
        if (from === 'bot') [text, ...(buttons ?? []).flat().map(({ label }) => label)].forEach(noRawKeys);
      return all;
    };
    const self: Person = {
      id,
      messages,
      send: async (body) => {
        await call('POST', `/sim/users/${id}/send`, body);
        await idle();
      },
      say: (text) => self.send({ text }),
      tapData: async (messageId, data) => {
        await call('POST', `/sim/users/${id}/tap`, { messageId, data });
        await idle();
      },
      tap: async (label, times = 1) => {
        const all = (await messages()).filter(({ from }) => from === 'bot').reverse();
        const fits = (button: SeenButton) =>
          typeof label === 'string' ? button.label.includes(label) : label.test(button.label);
        for (const message of all) {
          const button = (message.buttons ?? []).flat().find(fits);
          if (!button) continue;
          // A button that asks for the phone sends no data.
          const which = button.data === undefined ? { label: button.label } : { data: button.data };
          await call('POST', `/sim/users/${id}/tap`, { messageId: message.id, ...which, times });
          return idle();
        }
        throw new Error(`no button ${String(label)} in: ${JSON.stringify(all[0])}`);
      },
      last: async () => {
        const all = await messages();
        const found = all.filter(({ from }) => from === 'bot').at(-1);
        if (!found) throw new Error('the bot has said nothing');
        return found;
      },
      sees: async (text) => {
        const fits = (message: Seen) =>
          message.from === 'bot' &&
          (message.id > seen || (message.edited && before.get(message.id) !== content(message))) &&
          (typeof text === 'string' ? message.text.includes(text) : text.test(message.text));
        const all = await eventually(messages, (list) => list.some(fits), 5_000);
        const found = all.find(fits);
        if (!found) throw new Error('unreachable');
        seen = Math.max(seen, found.id);
        before = new Map(all.map((message) => [message.id, content(message)]));
        return found;
      },
    };
    return self;
  };

  const demo = async () => (await call('GET', '/sim/demo')) as Awaited<ReturnType<Simulator['demo']>>;
  return {
    call,
    idle,
    person,
    demo,
    startOf: async (title) => (await demo()).vacancies.find((one) => one.title.includes(title))?.start ?? '',
    newPerson: async (name, lang = 'ru', phone = '+79161112233', channel) => {
      const given = { name, lang, phone, ...(channel && { channel }) };
      const made = (await call('POST', '/sim/users', given)) as { id: number };
      return person(made.id);
    },
    role: async (role, index = 0) => {
      const found = (await demo()).people.filter((someone) => someone.role === role)[index];
      if (!found) throw new Error(`the demo has no ${role}`);
      return person(found.id);
    },
    advance: async (by) => void (await call('POST', '/sim/clock', { advance: by })),
    to: async (iso) => void (await call('POST', '/sim/clock', { to: iso })),
    now: async () => Date.parse(((await call('GET', '/sim/clock')) as { now: string }).now),
  };
}
