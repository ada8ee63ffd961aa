import { DateTime } from 'luxon';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { valueAt } from '../../flows/policies/policyPatch.ts';
import type { Words } from '../../runtime/words.ts';
import { readLength } from '../readLength.ts';
import { boundsOf, type Setting, type SettingKind } from './settings.ts';

/** A typed value, or what is wrong with it: a key under `staff.settings.fault`. */
export type ParsedSetting = { ok: true; value: unknown } | { ok: false; fault: SettingKind };

/** Understand what the head typed for a setting. Rules between values are the policy's own business. */
export function parseSetting(words: Words, setting: Setting, typed: string): ParsedSetting {
  const value = parsers[setting.kind](typed.trim(), setting, words);
  return value === undefined ? { ok: false, fault: setting.kind } : { ok: true, value };
}

const parsers: Record<SettingKind, (text: string, setting: Setting, words: Words) => unknown> = {
  number: (text, setting, words) => {
    const { unit, working } = setting;
    if (unit !== undefined && unit !== 'years') {
      const count = readLength(words, text, { unit, ...(working && { working }) });
      return count === undefined ? undefined : within(count, setting);
    }
    const digits = /^(\d{1,6})(\s*\p{L}+\.?)?$/u.exec(text)?.[1];
    return digits === undefined ? undefined : within(Number(digits), setting);
  },
  numbers: (text, setting) => {
    if (/^[-\u2013\u2014]$/.test(text)) return [];
    const parts = text.split(/[\s,;]+/).filter(Boolean);
    const numbers = parts.map((part) => (/^\d+$/.test(part) ? within(Number(part), setting) : undefined));
    return parts.length > 0 && numbers.every((one) => one !== undefined) ? numbers : undefined;
  },
  time: (text) => {
    const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text);
    return clock ? `${clock[1]?.padStart(2, '0')}:${clock[2]}` : undefined;
  },
  currency: (text, _setting, { lexicon }) => {
    const said = text.toLowerCase();
    for (const { currencies } of Object.values(lexicon))
      for (const [code, words] of Object.entries(currencies)) if (words.includes(said)) return code;
    return /^[a-z]{3}$/.test(said) ? said.toUpperCase() : undefined;
  },
  text: (text) => (text.length > 0 && text.length <= 40 ? text : undefined),
  name: (text) => (/\p{L}/u.test(text) && text.length <= 60 ? text.replace(/\s+/g, ' ') : undefined),
  zone: (text, _setting, { lexicon }) => {
    const said = text.toLowerCase().replace(/\u0451/g, '\u0435');
    const cities = Object.values(lexicon).flatMap((one) => one.cities);
    const zone = cities.find(({ names }) => names.includes(said))?.zone;
    return zone ?? (text.includes('/') && DateTime.utc().setZone(text).isValid ? text : undefined);
  },
  lang: (text, _setting, words) =>
    words.langs.find(
      (lang) => lang === text.toLowerCase() || languageNames(words, lang).includes(text.toLowerCase()),
    ),
  choice: (text, { choices = [], section }, words) => {
    const named = (code: string) =>
      words.langs.map((lang) =>
        words.label({ lang, zone: 'utc' }, { key: `${section}.${code}` }).toLowerCase(),
      );
    return choices.find(
      (code, index) => text === String(index + 1) || named(code).includes(text.toLowerCase()),
    );
  },
  reasons: (text, setting, words) => {
    const lines = text
      .split(/\n|;/)
      .map((line) => line.trim())
      .filter(Boolean);
    if (lines.length === 0 || lines.length > 20 || lines.some((line) => line.length > 60)) return undefined;
    return lines.map((line) => codeOf(words, setting, line) ?? line);
  },
};

function within(value: number, setting: Setting): number | undefined {
  const { min, max } = boundsOf(setting);
  return value >= min && value <= max ? value : undefined;
}

function languageNames(words: Words, lang: string): string[] {
  return words.langs.map((reader) =>
    words.label({ lang: reader, zone: 'utc' }, { key: `staff.language.${lang}` }).toLowerCase(),
  );
}

/** The code of a reason that was typed as the locales say it, in any language: its translation is kept so. */
function codeOf(words: Words, { path, section }: Setting, line: string): string | undefined {
  const shipped = valueAt(defaultPolicy, path);
  return (Array.isArray(shipped) ? shipped.map(String) : []).find((code) =>
    words.langs.some(
      (lang) =>
        words.label({ lang, zone: 'utc' }, { key: `${section}.${code}` }).toLowerCase() ===
        line.toLowerCase(),
    ),
  );
}
