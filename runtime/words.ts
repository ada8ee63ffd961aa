import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Label, Message, Param, Params } from '../flows/effect.ts';
import { importFields, importStages } from '../flows/imports/mapping.ts';
import { nameCases, templateFields } from '../flows/templates/fillTemplate.ts';
import { counted, countedBy } from '../flows/counted.ts';
import type { Lexicon } from '../flows/facts.ts';

/** Who reads: their language and zone. */
export interface Reader {
  lang: string;
  zone: string;
}

/** Every word a person reads, by key, language and zone. */
export interface Words {
  langs: string[];
  /** The text of a key, in HTML; what goes in is escaped. */
  text(reader: Reader, key: string, params?: Params): string;
  /** A button's label or a file's title: plain text. */
  label(reader: Reader, label: Label): string;
  /** The language we have that is nearest to what a channel says ("ru-RU" → "ru"); the first one when none is. */
  nearest(code: string | undefined): string;
  lexicon: Record<string, Lexicon>;
  has(lang: string, key: string): boolean;
}

function table<Name extends string>(names: readonly Name[]) {
  return z.record(z.enum(names), z.array(z.string()));
}

const lexiconShape: z.ZodType<Lexicon> = z.object({
  yes: z.array(z.string()),
  no: z.array(z.string()),
  back: z.array(z.string()),
  skip: z.array(z.string()),
  done: z.array(z.string()),
  erase: z.array(z.string()),
  courtesy: z.array(z.string()),
  and: z.array(z.string()),
  meeting: table(['come', 'move', 'cannot', 'ill', 'late', 'arrive', 'bit', 'later', 'whether', 'around']),
  months: z.array(z.array(z.string())).length(12),
  weekdays: z.array(z.array(z.string())).length(7),
  today: z.array(z.string()),
  tomorrow: z.array(z.string()),
  dayAfterTomorrow: z.array(z.string()),
  currencies: z.record(z.string(), z.array(z.string())),
  moment: z.object({
    phrases: z.record(z.string(), z.string()),
    in: z.array(z.string()),
    next: z.array(z.string()),
    filler: z.array(z.string()),
    numbers: z.record(z.string(), z.number()),
    units: table(['minutes', 'hours', 'days', 'weeks']),
    parts: table(['morning', 'noon', 'afternoon', 'evening', 'night', 'am', 'pm']),
  }),
  lengths: z.object({
    years: z.array(z.string()),
    months: z.array(z.string()),
    amounts: z.record(z.string(), z.number()),
  }),
  counted: table(counted),
  match: z.object({
    thousand: z.array(z.string()),
    schedules: z.array(z.array(z.string())),
    common: z.array(z.string()),
  }),
  templates: z.object({
    fields: z.record(z.enum(templateFields), z.array(z.string())),
    cases: z.record(z.enum(nameCases), z.array(z.string())),
  }),
  company: z.object({
    forms: z.array(z.string()),
    bank: z.array(z.string()),
    kpp: z.array(z.string()),
    bik: z.array(z.string()),
  }),
  table: z.object({
    fields: z.partialRecord(z.enum(importFields), z.array(z.string())),
    stages: z.partialRecord(z.enum(importStages), z.array(z.string())),
    sources: z.record(z.string(), z.array(z.string())),
    totals: z.array(z.string()),
  }),
  cities: z.array(z.object({ names: z.array(z.string()), zone: z.string() })),
});

/**
 * Read `locales/<lang>/*.json` (each file a top-level section; `lexicon.json` is what people type). Russian first:
 * it is what is shown where another language lacks a key.
 *
 * @param agencyName the agency's own name, in place of the one the locales have
 */
export function loadWords(folder: string, agencyName: () => string | undefined = () => undefined): Words {
  const langs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => Number(b === 'ru') - Number(a === 'ru') || a.localeCompare(b));
  const resources: Record<string, { translation: Record<string, unknown> }> = {};
  const lexicon: Record<string, Lexicon> = {};
  for (const lang of langs) {
    const sections: Record<string, unknown> = {};
    for (const file of readdirSync(join(folder, lang))) {
      const name = file.replace(/\.json$/, '');
      const content: unknown = JSON.parse(readFileSync(join(folder, lang, file), 'utf8'));
      if (name === 'lexicon') lexicon[lang] = lexiconShape.parse(content);
      else sections[name] = content;
    }
    resources[lang] = { translation: sections };
  }
  const i18n = createInstance();
  void i18n.init({
    resources,
    fallbackLng: 'ru',
    initAsync: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}', skipOnVariables: true },
    returnNull: false,
    returnEmptyString: true,
  });

  /** Words that are not counted are the same each time: i18next would look for plurals and nested keys anew. */
  const written = new Map<string, string>();
  const asWritten = (lang: string, key: string): string => {
    const known = written.get(`${lang} ${key}`);
    if (known !== undefined) return known;
    const text = i18n.t(key, { lng: lang, skipInterpolation: true });
    // What there is no word for comes from data, without end.
    if (i18n.exists(key, { lng: lang })) written.set(`${lang} ${key}`, text);
    return text;
  };

  const say = (
    reader: Reader,
    key: string,
    params: Params | undefined,
    plain: boolean,
    or?: string,
  ): string => {
    const own = key === 'agency.name' ? agencyName() : undefined;
    if (own !== undefined) return plain ? own : escapeHtml(own);
    if (or !== undefined && !i18n.exists(key, { lng: reader.lang })) return plain ? or : escapeHtml(or);
    if (!params) return asWritten(reader.lang, key);
    const count = show(reader, params.count ?? '', plain);
    // A number chooses among the plurals.
    const text =
      typeof count === 'number'
        ? i18n.t(key, { lng: reader.lang, count, skipInterpolation: true })
        : asWritten(reader.lang, key);
    return fill(reader, text, params, plain);
  };

  /** Put what is known into a text; what is not stays as it is written. */
  const fill = (reader: Reader, text: string, values: Params, plain: boolean): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(show(reader, values[name] ?? '', plain)) : whole,
    );

  const show = (reader: Reader, value: Param, plain: boolean): string | number => {
    if (typeof value === 'number') return value;
    if (typeof value === 'string') return plain ? value : escapeHtml(value);
    if ('at' in value) return showTime(value.at, value.as, { ...reader, zone: value.zone ?? reader.zone });
    if ('words' in value) {
      const text = value.words[reader.lang] ?? value.words.ru;
      if (!value.params) return show(reader, text, plain);
      return fill(reader, plain ? text : escapeHtml(text), value.params, plain);
    }
    if ('amount' in value) {
      const { amount, unit, limit } = value;
      const known = countedBy(unit, Object.values(lexicon));
      if (known) return say(reader, `unit.${limit ? 'limit' : 'count'}.${known}`, { count: amount }, plain);
      return `${amount} ${show(reader, { words: unit }, plain)}`;
    }
    if ('lines' in value) return value.lines.map((line) => show(reader, line, plain)).join('\n');
    return say(reader, value.key, value.params, plain, value.or);
  };

  return {
    langs,
    lexicon,
    text: (reader, key, params) => say(reader, key, params, false),
    label: (reader, label) => {
      if ('text' in label) return label.text;
      if ('words' in label) return label.words[reader.lang] ?? label.words.ru;
      return say(reader, label.key, label.params, true, label.or);
    },
    nearest: (code) =>
      langs.find((lang) => code?.toLowerCase().split('-')[0] === lang) ?? (code ? 'en' : 'ru'),
    has: (lang, key) => i18n.exists(key, { lng: lang, fallbackLng: [] }),
  };
}

/** What a channel sends: HTML and its buttons in words. */
export interface Rendered {
  text: string;
  buttons: RenderedButton[][];
  askContact?: string;
  /** The label of "back" beside the contact button. */
  back?: string;
  dropKeyboard?: boolean;
}

export interface RenderedButton {
  label: string;
  data?: string;
  url?: string;
  copy?: string;
  style?: 'success' | 'danger' | 'primary';
  disabled?: boolean;
}

/** A message in words, for one reader. */
export function renderMessage(words: Words, reader: Reader, message: Message): Rendered {
  return {
    text: words.text(reader, message.key, message.params),
    buttons: (message.buttons ?? []).map((row) =>
      row.map(({ label, ...rest }) => ({ label: words.label(reader, label), ...rest })),
    ),
    ...(message.askContact
      ? { askContact: words.label(reader, { key: 'candidate.button.shareContact' }) }
      : {}),
    ...(message.askContact && message.back
      ? { back: words.label(reader, { key: 'candidate.button.back' }) }
      : {}),
    ...(message.dropKeyboard ? { dropKeyboard: true } : {}),
  };
}

/** Text made safe to stand inside Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const formats: Record<'dateTime' | 'date' | 'time' | 'day' | 'weekday' | 'zone', string> = {
  dateTime: 'cccc, d MMMM, HH:mm',
  date: 'd MMMM yyyy',
  time: 'HH:mm',
  day: 'ccc, d MMM',
  weekday: 'cccc, d MMMM',
  zone: "'UTC'Z",
};

const shown = new Map<string, string>();
const kept = 5_000;

/** Remembered: a choice of times shows the same windows to everybody. */
function showTime(at: number, as: keyof typeof formats, { lang, zone }: Reader): string {
  const key = `${at} ${as} ${lang} ${zone}`;
  const known = shown.get(key);
  if (known !== undefined) return known;
  if (shown.size > kept) shown.clear();
  const text = DateTime.fromMillis(at, { zone }).setLocale(lang).toFormat(formats[as]);
  shown.set(key, text);
  return text;
}
