import { join } from 'node:path';
import { loadWords } from '../../runtime/words.ts';

const words = loadWords(join(import.meta.dirname, '../../locales'));

/** A button's label as it stands in the locale: stories press what a person reads. */
export function label(key: string, lang = 'ru'): string {
  const text = words.label({ lang, zone: 'Europe/Moscow' }, { key });
  if (text === key) throw new Error(`the locale has no ${key}`);
  return text;
}

/** A text of the locale with anything where something is put in; tags do not show in a chat. */
export function worded(key: string, lang = 'ru'): RegExp {
  const plain = label(key, lang)
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const parts = plain.trim().split(/\{\w+\}/);
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s*'));
  return new RegExp(escaped.join('[\\s\\S]*'));
}
