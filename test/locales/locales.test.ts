import { counted } from '../../flows/counted.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { againChoices, callResults } from '../../flows/calls/calls.ts';
import { momentFaults } from '../../flows/parseMoment.ts';
import { companyFieldNames } from '../../flows/companies/companyFields.ts';
import { faultCodes } from '../../flows/companies/readCode.ts';
import { kindsOfCalls, specOfCall } from '../../flows/clientCalls/callKinds.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { builtInStages } from '../../flows/pipelines/stages.ts';
import { loadWords } from '../../runtime/words.ts';

const root = join(import.meta.dirname, '../..');
const words = loadWords(join(root, 'locales'));
const langs = ['ru', 'en'] as const;
const sections = [
  'candidate',
  'notice',
  'fact',
  'refusal',
  'client',
  'staff',
  'api',
  'agency',
  'source',
  'due',
  'line',
  'group',
  'calendar',
  'people',
  'calls',
  'clientCall',
  'company',
  'invite',
];

/** Every text of a language by its key, the plural forms of one key under their own names. */
function textsOf(lang: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    } else texts.set(path, String(value));
  };
  const folder = join(root, 'locales', lang);
  for (const file of readdirSync(folder).filter((name) => name !== 'lexicon.json'))
    walk(JSON.parse(readFileSync(join(folder, file), 'utf8')), file.replace('.json', ''));
  return texts;
}

/** Sources that name parts of the policy. */
const policyPaths = /^(flows\/policies\/policy|bot\/settings\/settings)\.ts$/;

const plural = /_(zero|one|two|few|many|other)$/;
const single = (key: string) => key.replace(plural, '');
const texts = { ru: textsOf('ru'), en: textsOf('en') };
const keysOf = (lang: 'ru' | 'en') => new Set([...texts[lang].keys()].map(single));
const paramsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();

/** The sources that name keys. */
const sources = ['flows', 'bot', 'api', 'channels', 'runtime', 'jobs']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  .map((file) => ({ file: file.slice(root.length + 1), text: readFileSync(file, 'utf8') }));

const taskKinds = Object.keys(defaultPolicy.sla);
const questionKinds = [
  'yesno',
  'choice',
  'several',
  'number',
  'text',
  'date',
  'city',
  'phone',
  'email',
  'file',
];
const arrivals = ['contact', 'voice', 'sticker', 'edited', 'forwarded', 'other'];
const formats = ['phone', 'zoom', 'office'];
const refusals =
  /RefusalCode =([^;]+);/
    .exec(readFileSync(join(root, 'flows/facts.ts'), 'utf8'))?.[1]
    ?.match(/\w+/g)
    ?.map(String) ?? [];
const facts = sources
  .filter(({ file }) => file.startsWith('flows/'))
  .flatMap(({ text }) =>
    [...text.matchAll(/\.fact\(\s*(?:\w+ \? )?'(\w+)'(?: : '(\w+)')?/g)].flatMap(([, a, b]) => [a, b]),
  )
  .filter((what) => what !== undefined);
const timers = [
  'reminder',
  'attendance',
  'silence',
  'task',
  'taskReminder',
  'refusal',
  'relayEnd',
  'nudge',
  'stall',
  'startEve',
  'firstDay',
  'probation',
  'offerEnd',
  'holdEnd',
  'callAgain',
  'callReserve',
  'clientCall',
  'clientAccess',
  'contractEnd',
];

/** What everybody who takes part in a call hears. */
const told = ['planned', 'moved', 'cancelled', 'dayBefore', 'soon'];

/** Keys that are put together at run time, by what stands before the part that is put in. */
const composed: Record<string, readonly string[]> = {
  'candidate.answer.': questionKinds,
  'candidate.unfinished.': ['questions', 'check', 'time'],
  'candidate.limits.': ['between', 'from', 'to', 'any'],
  'candidate.hint.': [...questionKinds, ...arrivals, 'range', 'otherContact', 'otherFile'],
  'candidate.format.': formats,
  'candidate.formatWithin.': formats,
  'candidate.place.': formats,
  'candidate.link.': ['telegram', 'max', 'whatsapp'],
  'candidate.link.not.': ['wrong', 'here', 'own'],
  'candidate.status.': [...builtInStages, 'none', 'title'],
  'candidate.language.': words.langs,
  'candidate.cancel.reason.': defaultPolicy.withdrawal.reasons,
  'clientCall.kind.': kindsOfCalls,
  'clientCall.goal.': kindsOfCalls,
  'clientCall.mark.': ['results', 'freshResults'],
  'clientCall.candidate.': told,
  'clientCall.client.': told,
  'clientCall.staff.': told,
  'clientCall.verdict.': ['hired', 'chosen', 'refused', 'open'],
  'clientCall.field.': kindsOfCalls.flatMap((kind) => specOfCall(kind).questions.map(({ id }) => id)),
  'clientCall.wizard.ask.': kindsOfCalls.flatMap((kind) => specOfCall(kind).questions.map(({ id }) => id)),
  'clientCall.todo.': kindsOfCalls.flatMap((kind) => specOfCall(kind).todo.map(({ id }) => id)),
  'clientCall.task.': ['report', 'followUp'],
  'company.field.': companyFieldNames,
  'company.contract.field.': ['number', 'date', 'until', 'link', 'terms', 'price'],
  'company.fault.': faultCodes,
  'company.ask.contractField.': ['number', 'date', 'until', 'link', 'terms', 'price'],
  'company.look.': ['byHand', 'notFound', 'wrongKey', 'noAnswer'],
  'company.look.toast.': ['noInn', 'notFound', 'wrongKey', 'noAnswer'],
  'company.part.': ['main', 'bank'],
  'company.state.': ['active', 'liquidating', 'liquidated', 'bankrupt', 'reorganizing'],
  'calls.result.': callResults,
  'calls.moment.': momentFaults,
  'calls.button.': againChoices,
  'calls.candidate.button.': [...againChoices, 'other', 'no'],
  'people.notLooking.': ['foundJob', 'hired'],
  'candidate.reminder.': ['days', 'hours', 'today', 'tomorrow', 'soon'],
  'client.interview.': ['set', 'moved', 'reformed', 'cancelled'],
  'notice.human.': ['asked', 'misunderstood'],
  'staff.task.': taskKinds,
  'fact.': [...facts, 'channelBlocked', 'channelUnblocked'],
  'fact.act.': [
    'take',
    'invite',
    'refuse',
    'reserve',
    'blacklist',
    'move',
    'passed',
    'stage',
    'outcome',
    'judgePortrait',
    'recordAttendance',
    'detach',
    'placeTaken',
    'setField',
    'finishTask',
    'snoozeTask',
    'handTask',
    'callResult',
  ],
  'refusal.': refusals,
  'source.': ['direct', 'hh', 'avito', 'telegram', 'site', 'phone', 'referral', 'attached', 'manual', 'api'],
  'due.': timers,
  'unit.count.': [...counted, 'minutes'],
  'unit.limit.': [...counted, 'minutes'],
  'unit.name.': [...counted, 'roubles', 'kilograms'],
  'staff.stage.': [...builtInStages, 'own'],
  'staff.reason.': defaultPolicy.refusal.reasons,
  'group.kind.': ['interview', 'training'],
  'staff.attendance.': ['came', 'warned', 'notWarned'],
};

const label =
  /^(candidate|notice|staff|client)\.(\w+\.)*button\.|^candidate\.(consent\.(yes|no)|format|cancel\.reason|language\.(ru|en))$|^candidate\.(format|cancel\.reason)\./;

/** What candidates press, in whichever messenger they are. */
const pressed =
  /^candidate\.(link\.button$|consent\.(yes|no)$|button\.|cancel\.reason\.|format\.)|^(line|match|forget|calls\.candidate)\.button\.(?!one|pick|card|some|all)|^group\.button\.(yes|no)$|^broadcast\.button\.(off|ads|noAds)$|^late\.button\.noTerms$/;

describe('the words', () => {
  test('[X-07] what candidates press is read whole in WhatsApp, whose buttons take twenty signs', () => {
    const long = langs.flatMap((lang) =>
      [...texts[lang]].filter(
        ([key, text]) => pressed.test(key) && !text.includes('{') && [...text].length > 20,
      ),
    );
    expect(long).toEqual([]);
  });

  test('[X-01] Russian and English have the same keys', () => {
    expect([...keysOf('en')].sort()).toEqual([...keysOf('ru')].sort());
  });

  test('[X-01] the same fields are put into each text in both languages', () => {
    const fields = (lang: 'ru' | 'en') => {
      const all: Record<string, string> = {};
      for (const [key, text] of texts[lang])
        if (!(single(key) in all)) all[single(key)] = paramsOf(text).join(' ');
      return all;
    };
    expect(fields('en')).toEqual(fields('ru'));
  });

  test('[X-01] plural forms are those the language counts with', () => {
    for (const lang of langs) {
      const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.toSorted();
      const counted = [...texts[lang].keys()].filter((key) => plural.test(key));
      for (const key of new Set(counted.map(single))) {
        const has = counted.filter((other) => single(other) === key).map((other) => plural.exec(other)?.[1]);
        expect([lang, key, ...has.toSorted()]).toEqual([lang, key, ...forms]);
      }
    }
  });

  test('[X-01] every key that a source names is there, in both languages', () => {
    const named = new RegExp(`['"\`]((?:${sections.join('|')})(?:\\.\\w+)+)['"\`]`, 'g');
    const missing = sources.flatMap(({ file, text }) =>
      // A path of the policy looks like a key of the locales, and is none.
      (policyPaths.test(file) ? [] : [...text.matchAll(named)]).flatMap(([, key = '']) =>
        langs
          // A prefix that stands alone, as `candidate.cancel.reason` in a comment, names a group of texts.
          .filter((lang) => ![...keysOf(lang)].some((known) => known === key || known.startsWith(`${key}.`)))
          .map((lang) => `${lang}: ${key} in ${file}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('[X-01] every key that is put together at run time is there, in both languages', () => {
    const missing = Object.entries(composed).flatMap(([prefix, ends]) =>
      langs.flatMap((lang) =>
        ends.filter((end) => !keysOf(lang).has(`${prefix}${end}`)).map((end) => `${lang}: ${prefix}${end}`),
      ),
    );
    expect(missing).toEqual([]);
    expect(refusals.length).toBeGreaterThan(15);
    expect(facts.length).toBeGreaterThan(25);
  });

  test('[X-01] a key that a source puts together has its row above, or at least a group of texts', () => {
    const found = new RegExp(`\`((?:${sections.join('|')})\\.[\\w.]*)\\$\\{`, 'g');
    const unknown = sources.flatMap(({ file, text }) =>
      [...text.matchAll(found)]
        .map(([, prefix = '']) => prefix)
        .filter(
          (prefix) =>
            !(prefix in composed) &&
            (file.startsWith('flows/') || ![...keysOf('ru')].some((key) => key.startsWith(prefix))),
        )
        .map((prefix) => `${prefix}… in ${file}`),
    );
    expect(unknown).toEqual([]);
  });

  test('[X-01] no text is empty, has blank lines in a row, or a stray space at a line’s end', () => {
    for (const lang of langs) {
      for (const [key, text] of texts[lang]) {
        const where = `${lang} ${key}`;
        // A mark that is not there.
        if (key === 'staff.today.mark.none') continue;
        expect([where, text.trim()]).not.toEqual([where, '']);
        expect([where, /\n{3,}|[ \t]\n/.test(text)]).toEqual([where, false]);
      }
    }
  });

  test('[X-01] a button’s label fits a phone', () => {
    const long = langs.flatMap((lang) =>
      [...texts[lang]]
        .filter(([key, text]) => label.test(key) && text.length > 40)
        .map(([key]) => `${lang} ${key}`),
    );
    expect(long).toEqual([]);
    const tagged = langs.flatMap((lang) =>
      [...texts[lang]]
        .filter(([key, text]) => label.test(key) && /[<>]|&\w+;/.test(text))
        .map(([key]) => key),
    );
    expect(tagged).toEqual([]);
  });

  test('[X-01] HTML is what Telegram takes: known tags, closed in order, no bare signs', () => {
    const faults = langs.flatMap((lang) =>
      [...texts[lang]]
        .filter(([key]) => !/^(api|due|demo)\./.test(key))
        .flatMap(([key, text]) => {
          const open: string[] = [];
          let fault = '';
          const rest = text.replace(
            /<(\/?)(b|i|code|a)( href="[^"<>]*")?>/g,
            (_all, close: string, tag: string) => {
              if (close === '') open.push(tag);
              else if (open.pop() !== tag) fault = `</${tag}> closes nothing`;
              return '';
            },
          );
          if (open.length > 0) fault = `<${open.join('><')}> stays open`;
          if (/[<>]|&(?!(amp|lt|gt|quot);)/.test(rest)) fault = 'a bare sign';
          return fault === '' ? [] : [`${lang} ${key}: ${fault}`];
        }),
    );
    expect(faults).toEqual([]);
  });

  test('[X-02] the years of keeping are counted as Russian counts', () => {
    const said = (lang: string, count: number) =>
      words.text({ lang, zone: 'utc' }, 'candidate.consent.years', { count });
    expect([1, 2, 5, 11, 21].map((count) => said('ru', count))).toEqual([
      '1 год',
      '2 года',
      '5 лет',
      '11 лет',
      '21 год',
    ]);
    expect([1, 3].map((count) => said('en', count))).toEqual(['1 year', '3 years']);
  });

  test.each([
    [1, 'лет', '1 год', 'до 1 года'],
    [3, 'лет', '3 года', 'до 3 лет'],
    [5, 'год', '5 лет', 'до 5 лет'],
    [21, 'года', '21 год', 'до 21 года'],
    [0.5, 'Лет', '0.5 года', 'до 0.5 года'],
    [2, 'человек', '2 человека', 'до 2 человек'],
    [11, 'смен', '11 смен', 'до 11 смен'],
    [3, 'рейсов', '3 рейсов', 'до 3 рейсов'],
    [50_000, '₽', '50000 ₽', 'до 50000 ₽'],
  ])('[B-04] %d of «%s» is counted as Russian counts', (amount, unit, said, limit) => {
    const ru = { lang: 'ru', zone: 'utc' };
    const show = (more: { limit?: true }) =>
      words.text(ru, 'company.line', { field: 'до', value: { amount, unit: { ru: unit }, ...more } });
    expect(show({})).toBe(`до: ${said}`);
    expect(show({ limit: true }).replace(':', '')).toBe(limit);
    expect(
      words.text({ ...ru, lang: 'en' }, 'company.line', {
        field: 'x',
        value: { amount: 1, unit: { ru: 'лет' } },
      }),
    ).toBe('x: 1 year');
  });

  test('[X-06] what a person writes is shown as it is: braces, nesting and tags do nothing', () => {
    const text = '{name} $t(agency.name) $1 $& <b>&';
    const shown = words.text({ lang: 'ru', zone: 'utc' }, 'candidate.relay', { name: 'A{text}', text });
    expect(shown).toBe('<b>A{text}</b>: {name} $t(agency.name) $1 $&amp; &lt;b&gt;&amp;');
  });
});

describe('the words people type', () => {
  test.each(langs)('[X-06] %s: in lower case, each city once, in a zone that exists', (lang) => {
    const lexicon = words.lexicon[lang];
    if (!lexicon) throw new Error(`no lexicon for ${lang}`);
    const {
      cities,
      months,
      weekdays,
      moment,
      match,
      templates,
      currencies,
      lengths,
      company,
      table,
      counted: forms,
      meeting,
      ...lists
    } = lexicon;
    const { phrases, numbers, units, parts, ...said } = moment;
    const all = [
      ...[...Object.values(lists), ...months, ...weekdays, ...cities.map(({ names }) => names)],
      ...[match.thousand, match.common, ...match.schedules],
      ...[Object.keys(phrases), Object.keys(numbers), ...Object.values(units), ...Object.values(said)],
      ...[lengths.years, lengths.months, Object.keys(lengths.amounts)],
      ...Object.values(templates.fields),
      ...Object.values(templates.cases),
      ...Object.values(currencies),
      ...Object.values(company),
      ...Object.values(forms),
      ...Object.values(meeting),
      ...[table.fields, table.stages, table.sources].flatMap((names) => Object.values(names)),
      table.totals,
      ...Object.values(parts).filter(({ length }) => length > 0),
    ];
    for (const list of all) {
      expect(list.length).toBeGreaterThan(0);
      expect(new Set(list).size).toBe(list.length);
      for (const word of list)
        expect(word).toBe(
          word
            .toLowerCase()
            .replace(/\u0451/g, '\u0435')
            .trim(),
        );
    }
    const names = cities.flatMap((city) => city.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const { zone } of cities)
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    expect(cities.length).toBeGreaterThanOrEqual(120);
  });

  test('[X-06] yes is not no, back is not skip, and no month or weekday is another', () => {
    for (const { yes, no, back, skip, months, weekdays } of Object.values(words.lexicon)) {
      expect(yes.filter((word) => no.includes(word))).toEqual([]);
      expect(back.filter((word) => skip.includes(word))).toEqual([]);
      for (const forms of [months.flat(), weekdays.flat()]) expect(new Set(forms).size).toBe(forms.length);
    }
  });

  test.each([
    ['мск', 'Europe/Moscow', 3],
    ['спб', 'Europe/Moscow', 3],
    ['калининград', 'Europe/Kaliningrad', 2],
    ['самара', 'Europe/Samara', 4],
    ['волгоград', 'Europe/Volgograd', 3],
    ['екб', 'Asia/Yekaterinburg', 5],
    ['омск', 'Asia/Omsk', 6],
    ['нск', 'Asia/Novosibirsk', 7],
    ['красноярск', 'Asia/Krasnoyarsk', 7],
    ['иркутск', 'Asia/Irkutsk', 8],
    ['якутск', 'Asia/Yakutsk', 9],
    ['владивосток', 'Asia/Vladivostok', 10],
    ['южно-сахалинск', 'Asia/Sakhalin', 11],
    ['петропавловск-камчатский', 'Asia/Kamchatka', 12],
  ])('[X-03] %s lives by %s', (name, zone, hours) => {
    const city = words.lexicon.ru?.cities.find(({ names }) => names.includes(name));
    expect(city?.zone).toBe(zone);
    const part = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(Date.UTC(2026, 10, 24))
      .find(({ type }) => type === 'timeZoneName')?.value;
    expect(part).toBe(`GMT+${String(hours).padStart(2, '0')}:00`);
  });

  test('[X-01] every city of one language is known to the other by the same zone', () => {
    const { ru, en } = words.lexicon;
    for (const { names, zone } of en?.cities ?? []) {
      const there = ru?.cities.find((city) => city.names.includes(names[0] ?? ''));
      expect([names[0], there?.zone]).toEqual([names[0], zone]);
    }
  });
});
