import { api } from './api.js';
import { avitoForm, chatOf } from './avitoForm.js';
import { h } from './dom.js';
import { model, t, when } from './model.js';
import { richText } from './richText.js';

/** Whose letters and SMS are always in sight; others' only once something has come. */
const SHOWN = ['candidate', 'other'];
const ADDRESS = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const LINK = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]/g;

/**
 * What came to one person outside of the messenger: letters to the address they wrote in the chat, SMS to their phone, lines of
 * their chat on Avito, where they respond by a button.
 */
export class PostBox {
  /** @param phone `{ user, person(), own(), act }`; see `phone.js`. @param open whether it is unfolded. */
  constructor(phone, open = false) {
    this.phone = phone;
    this.summary = h('summary', {});
    this.list = h('ol', { 'aria-label': t('post') });
    this.element = h('details', { class: 'post', open }, this.summary, this.list, avitoForm(phone));
    this.drawItems([]);
  }

  /** Reads everything anew; what comes late is let go. */
  async refresh() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const items = await this.read().catch(() => null);
    if (items !== null && turn === this.turn) this.drawItems(items);
  }

  async read() {
    const { phone: number, email } = this.phone.person() ?? {};
    const sms = number === undefined ? [] : await api('GET', `/sim/sms/${encodeURIComponent(number)}`);
    const written = this.phone.own().flatMap(({ text }) => text.toLowerCase().match(ADDRESS) ?? []);
    const letters = await Promise.all(
      [...new Set([...(email ? [email] : []), ...written])].map((one) =>
        api('GET', `/sim/mail/letters/${encodeURIComponent(one)}`),
      ),
    );
    const chat = chatOf(this.phone);
    const ofChat = (await api('GET', '/sim/avito/messages')).filter((one) => one.chat === chat);
    const lines = ofChat.map(({ text, created }) => ({
      text,
      kind: 'avito',
      at: new Date(created * 1000).toISOString(),
    }));
    const came = sms.filter(({ state }) => state === 'delivered');
    // The newest stands first.
    return [...came, ...lines, ...letters.flat()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  drawItems(items) {
    const role = model.demo.people.find(({ id }) => id === this.phone.user)?.role ?? 'other';
    this.element.hidden = items.length === 0 && !SHOWN.includes(role);
    this.summary.replaceChildren(t('post'), h('b', { class: 'badge' }, String(items.length)));
    const none = h('li', { class: 'none' }, t('noPost'));
    this.list.replaceChildren(...(items.length > 0 ? items.map((item) => this.item(item)) : [none]));
  }

  /** A letter, or an SMS or a line of a chat, which have no subject. */
  item({ at, subject, text, kind = 'sms', files = [] }) {
    const letter = subject !== undefined;
    const moment = when(Date.parse(at), {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    const names = files.map(({ name, type }) => name || type).join(', ');
    return h(
      'li',
      {},
      h('small', {}, t(letter ? 'letter' : kind), ' · ', h('time', { datetime: at }, moment)),
      letter && h('b', {}, subject),
      h('p', {}, richText(text.trim(), links(text.trim()), this.phone.act)),
      names !== '' && h('small', {}, `${t('file')}: ${names}`),
    );
  }
}

/** The links of a plain text, as a message's entities. */
function links(text) {
  return [...text.matchAll(LINK)].map(({ 0: url, index }) => ({
    type: 'url',
    offset: index,
    length: url.length,
  }));
}
