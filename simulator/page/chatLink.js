import { model } from './model.js';

/**
 * Where a link to one of the bots here leads, and what is said there at once: `https://t.me/<bot>?start=…`,
 * `tg://resolve?…`, `https://max.ru/<bot>?start=…`, and `https://wa.me/<number>?text=…`, whose words a person sends as
 * they are. null for any other link.
 */
export function chatLink(link) {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const query = new URLSearchParams(url.search);
  const name = url.pathname.slice(1);
  if (url.hostname === 'wa.me')
    return name === model.called.whatsapp ? { channel: 'whatsapp', text: query.get('text') ?? '' } : null;
  if (url.hostname === 'max.ru') return name === model.called.max ? started('max', query) : null;
  const telegram = /^(t\.me|telegram\.me)$/.test(url.hostname);
  const bot = telegram ? name : url.protocol === 'tg:' ? query.get('domain') : null;
  const ours = bot && model.bots.some(({ username }) => username.toLowerCase() === bot.toLowerCase());
  return ours ? started('telegram', query) : null;
}

function started(channel, query) {
  return { channel, text: `/start ${query.get('start') ?? ''}`.trim() };
}
