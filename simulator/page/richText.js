import { h } from './dom.js';
import { when } from './model.js';

const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/**
 * A message's text as nodes, with its entities drawn.
 * @param act what a click does: `command(text)` for a bot command, `link(url)` for a link (true = taken care of).
 */
export function richText(text, entities, act) {
  return span(text, 0, text.length, entities, act);
}

/** Nodes of text[from, to), given the entities that lie within, outer ones first. */
function span(text, from, to, entities, act) {
  const nodes = [];
  let at = from;
  let rest = entities.filter((entity) => entity.offset >= from && entity.offset + entity.length <= to);
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const end = entity.offset + entity.length;
    if (entity.offset >= at) {
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const inner = others.filter(
        (other) => other.offset >= entity.offset && other.offset + other.length <= end,
      );
      nodes.push(
        wrap(entity, text.slice(entity.offset, end), span(text, entity.offset, end, inner, act), act),
      );
      at = end;
    }
    rest = others.filter((other) => other.offset >= at);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, text, inner, act) {
  const { type } = entity;
  if (TAGS[type]) return h(TAGS[type], type === 'pre' ? { 'data-language': entity.language } : {}, inner);
  if (type === 'spoiler') {
    const reveal = ({ currentTarget }) => currentTarget.classList.add('shown');
    return h('button', { class: 'spoiler', type: 'button', onclick: reveal }, inner);
  }
  if (type === 'bot_command')
    return h('button', { class: 'as-link', type: 'button', onclick: () => act.command(text) }, inner);
  if (type === 'date_time') return time(entity, inner);
  const url = { text_link: entity.url, url: text, email: `mailto:${text}` }[type];
  return url ? link(url, inner, act) : h('span', { class: 'as-mention' }, inner);
}

/** A moment: shown in the words the bot gave, with the page's own zone on hover. */
function time(entity, inner) {
  const at = entity.unix_time * 1000;
  const title = `${when(at, { dateStyle: 'full', timeStyle: 'short', timeZoneName: undefined })}`;
  return h('time', { datetime: String(entity.unix_time), title }, inner);
}

function link(url, inner, act) {
  const href = /^[a-z]+:/i.test(url) ? url : `https://${url}`;
  if (!/^(https?|mailto|tel|tg):/i.test(href)) return h('span', {}, inner);
  const onclick = (event) => {
    if (act.link(href)) event.preventDefault();
  };
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', onclick }, inner);
}
