import { model } from './model.js';

/** The start payload of a link to one of the bots here (`https://t.me/<bot>?start=…`, `tg://resolve?…`), '' without one; null for any other link. */
export function botStart(link) {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const query = new URLSearchParams(url.search);
  const telegram = /^(t\.me|telegram\.me)$/.test(url.hostname);
  const name = telegram ? url.pathname.slice(1) : url.protocol === 'tg:' ? query.get('domain') : null;
  const ours = name && model.bots.some(({ username }) => username.toLowerCase() === name.toLowerCase());
  return ours ? (query.get('start') ?? '') : null;
}
