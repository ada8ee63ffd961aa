import { words } from './words.js';

const remembered = (key, otherwise) => localStorage.getItem(`simulator.${key}`) ?? otherwise;

/** What the whole page shares: the choice of language and zone, the clock, the people, the demo, the bots, the groups. */
export const model = {
  lang: remembered('lang', 'ru'),
  zone: remembered('zone', 'Europe/Moscow'),
  people: [],
  demo: { people: [], vacancies: [] },
  bots: [],
  groups: [],
  /** What the agency is called in the other messengers: `{ whatsapp, max }`. */
  called: {},
  clock: { offset: 0, due: [], moving: false },

  remember(key, value) {
    this[key] = value;
    localStorage.setItem(`simulator.${key}`, value);
  },

  /** The virtual time, milliseconds. */
  now() {
    return window.performance.timeOrigin + window.performance.now() + this.clock.offset;
  },

  person(id) {
    return this.people.find((person) => person.id === id);
  },

  /** The role a person has in the demo, in the page's language. */
  role(id) {
    const role = this.demo.people.find((person) => person.id === id)?.role ?? 'other';
    return words[this.lang][`role.${role}`] ?? role;
  },
};

/** A text of the page in its language, with `{name}` filled in. */
export function t(key, values = {}) {
  const text = words[model.lang][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A moment (milliseconds) in the page's language and zone; `options` as of Intl.DateTimeFormat. */
export function when(at, options) {
  return new Intl.DateTimeFormat(model.lang === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone: model.zone,
    ...options,
  }).format(at);
}
