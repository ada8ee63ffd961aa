import { h, icon } from './dom.js';
import { inlineKeyboard } from './inlineKeyboard.js';
import { t, when } from './model.js';
import { richText } from './richText.js';

/**
 * One message as a list item: the bubble, its buttons, and the actions that appear on hover or focus.
 * @param message as `GET /sim/users/:id/messages` gives it.
 * @param phone what the clicks go to; see `phone.js`. Without `compose`, as in a group, nothing appears on hover.
 */
export function bubble(message, phone) {
  const own = message.from === 'user';
  const replied = message.replyTo === undefined ? null : phone.message(message.replyTo);
  const body = [
    message.author && h('b', { class: 'author' }, message.author),
    message.forwarded && h('div', { class: 'forwarded' }, t('forwarded')),
    replied && quote(replied, phone),
    ...attachments(message),
    message.text !== '' && h('div', { class: 'text' }, richText(message.text, message.entities, phone.act)),
    meta(message, own),
    message.reactions?.length > 0 && h('div', { class: 'reactions' }, message.reactions.join(' ')),
  ];
  const kind = message.sticker
    ? 'bubble bare'
    : message.photo && message.text === ''
      ? 'bubble picture'
      : 'bubble';
  return h(
    'li',
    { class: `row ${own ? 'own' : 'theirs'}`, 'data-id': message.id },
    h(
      'div',
      { class: 'line' },
      h('div', { class: kind, tabindex: '0' }, body),
      phone.compose && actions(message, own, phone),
    ),
    message.buttons.length > 0 && inlineKeyboard(message, phone),
  );
}

function meta(message, own) {
  const at = Date.parse(message.date);
  return h(
    'span',
    { class: 'meta' },
    message.pinned && `${t('pinned')} · `,
    message.edited && `${t('edited')} `,
    h(
      'time',
      { datetime: message.date, title: when(at, { dateStyle: 'full', timeStyle: 'short' }) },
      when(at, { timeStyle: 'short' }),
    ),
    own && icon('ticks'),
  );
}

function quote(message, phone) {
  const who = message.author ?? (message.from === 'bot' ? phone.botName() : phone.personName());
  const go = () => phone.show(message.id);
  const words = message.text || message.document?.name || t(message.photo ? 'photo' : 'message');
  return h('button', { class: 'quote', type: 'button', onclick: go }, h('b', {}, who), h('span', {}, words));
}

function attachments({ photo, document: file, voice, sticker, contact }) {
  const parts = [];
  if (photo)
    parts.push(
      h(
        'a',
        { href: photo.url, target: '_blank', class: 'photo' },
        h('img', { src: photo.url, alt: t('photo') }),
      ),
    );
  if (file) {
    const name = h('span', { class: 'file-name' }, file.name);
    const about = h('span', {}, name, h('small', {}, size(file.size)));
    parts.push(
      h('a', { href: file.url, download: file.name, class: 'file' }, h('i', {}, icon('file')), about),
    );
  }
  if (voice) {
    const bars = Array.from({ length: 26 }, (_, i) => h('i', { class: `bar b${(i * 7) % 5}` }));
    const wave = h('span', { class: 'wave', 'aria-hidden': 'true' }, bars);
    const length = h('small', {}, `0:0${voice.duration ?? 0}`);
    parts.push(
      h(
        'div',
        { class: 'voice', role: 'img', 'aria-label': t('voiceMessage') },
        h('i', {}, icon('play')),
        h('span', {}, wave, length),
      ),
    );
  }
  if (sticker)
    parts.push(
      h(
        'div',
        { class: 'sticker', role: 'img', 'aria-label': t('sticker') },
        h('img', { src: '/page/sticker.svg', alt: sticker.emoji }),
      ),
    );
  if (contact) {
    const about = h('span', {}, h('b', {}, contact.name), h('small', {}, contact.phone));
    parts.push(h('div', { class: 'contact' }, h('i', {}, contact.name.slice(0, 1)), about));
  }
  return parts;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} ${t('bytes')}`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} ${t('kilobytes')}`;
  return `${(bytes / 1024 / 1024).toFixed(1)} ${t('megabytes')}`;
}

function actions(message, own, phone) {
  const button = (name, onclick) =>
    h(
      'button',
      { type: 'button', class: 'round small', title: t(name), 'aria-label': t(name), onclick },
      icon(name),
    );
  return h(
    'div',
    { class: 'actions' },
    button('reply', () => phone.compose('reply', message)),
    own &&
      message.text !== '' &&
      !message.document &&
      !message.photo &&
      button('edit', () => phone.compose('edit', message)),
  );
}
