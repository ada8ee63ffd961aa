import { api } from './api.js';
import { bubble } from './bubble.js';
import { h, icon } from './dom.js';
import { model, t } from './model.js';
import { Panel } from './panel.js';

/** A group as a window beside the phones: its topics, the talk of the chosen one, and a line to write as a member. */
export class GroupPanel extends Panel {
  /** @param page `{ chatOf(url), follow(user, chat) }`: what needs the whole page. */
  constructor(id, page) {
    super();
    this.id = id;
    this.page = page;
    this.unread = false;
    /** The chosen topic; null is what stands outside of topics. */
    this.thread = null;
    this.messages = [];
    this.act = { command: (text) => void this.send(text), link: (url) => this.followLink(url) };
    this.element = h('section', { class: 'group-place' });
    this.draw();
  }

  group() {
    return model.groups.find(({ id }) => id === this.id);
  }
  topics() {
    return this.group()?.topics.filter(({ deleted }) => !deleted) ?? [];
  }
  members() {
    return model.people.filter(({ id }) => this.group()?.members.includes(id));
  }
  tabName() {
    return this.group()?.title ?? '';
  }
  tabRole() {
    return t('group');
  }
  message(id) {
    return this.messages.find((message) => message.id === id) ?? null;
  }
  show(id) {
    this.list.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: 'center' });
  }

  /** Draws everything anew: at the start, and in another language. */
  draw() {
    this.title = h('b', {});
    this.about = h('small', {});
    this.nav = h('nav', { class: 'topics', 'aria-label': t('topics') });
    this.list = h('ol', { class: 'log', role: 'log', 'aria-label': t('log'), tabindex: '0' });
    this.layer = h('div', { class: 'layer', 'aria-live': 'polite' });
    const face = h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('contact'));
    const head = h('header', {}, face, h('span', { class: 'who' }, this.title, this.about));
    const talk = h('div', { class: 'chat' }, h('div', { class: 'screen' }, this.list));
    const side = h('div', { class: 'talk' }, talk, this.composer());
    const device = h(
      'div',
      { class: 'device' },
      head,
      h('div', { class: 'split' }, this.nav, side),
      this.layer,
    );
    this.element.replaceChildren(device);
    this.drawFace();
    void this.refresh();
  }

  composer() {
    this.writer = h('select', { 'aria-label': t('writeAs'), title: t('writeAs') });
    this.box = h('input', { 'aria-label': t('message'), placeholder: t('message'), autocomplete: 'off' });
    const submit = async (event) => {
      event.preventDefault();
      const text = this.box.value.trim();
      if (text !== '' && (await this.send(text))) this.box.value = '';
    };
    const go = h('button', { class: 'tool send', 'aria-label': t('send'), title: t('send') }, icon('send'));
    return h(
      'form',
      { class: 'composer line-composer', onsubmit: (event) => void submit(event) },
      this.writer,
      this.box,
      go,
    );
  }

  /** The title, the topics and the members who can write. */
  drawFace() {
    const members = this.members();
    const chosen = this.writer.value;
    this.title.textContent = this.tabName();
    this.about.textContent = members.map(({ name }) => name).join(', ');
    this.element.setAttribute('aria-label', `${t('group')}: ${this.tabName()}`);
    this.writer.replaceChildren(
      ...members.map(({ id, name }) =>
        h('option', { value: String(id), selected: String(id) === chosen }, name),
      ),
    );
    const topics = this.topics();
    if (!topics.some(({ id }) => id === this.thread)) this.thread = null;
    this.nav.replaceChildren(
      ...[{ id: null, name: t('general') }, ...topics].map((topic) => this.tab(topic)),
    );
  }

  tab({ id, name }) {
    const choose = () => {
      this.thread = id;
      this.messages = [];
      this.drawFace();
      void this.refresh();
    };
    const current = String(id === this.thread);
    return h('button', { type: 'button', 'aria-pressed': current, title: name, onclick: choose }, name);
  }

  /** Reads the talk of the chosen topic; what comes late, for another topic, is let go. */
  async refresh() {
    const { thread } = this;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const query = thread === null ? '' : `?thread=${thread}`;
    const all = await api('GET', `/sim/groups/${this.id}/messages${query}`).catch(() => null);
    if (all === null || turn !== this.turn) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    const opened = this.messages.length === 0;
    this.messages = all.filter((message) => (message.thread ?? null) === thread && !empty(message));
    const rows = this.messages.map((message) => bubble(message, this));
    this.list.replaceChildren(...rows);
    if (opened || atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  /** The chosen member writes into the chosen topic. @returns whether the server took it. */
  async send(text) {
    const order = { chat: this.id, text, ...(this.thread !== null && { thread: this.thread }) };
    return this.attempt(() => api('POST', `/sim/users/${this.writer.value}/send`, order));
  }

  /** A link to the bot leads to the chosen member's own chat with it. @returns whether it was one. */
  followLink(url) {
    const chat = this.page.chatOf(url);
    if (chat === null) return false;
    void this.attempt(() => this.page.follow(Number(this.writer.value), chat));
    return true;
  }

  /** The chosen member presses a button; what the bot answers is shown over the group. */
  async press(order) {
    await this.attempt(async () => {
      const { answers } = await api('POST', `/sim/users/${this.writer.value}/tap`, {
        ...order,
        chat: this.id,
      });
      const text = answers.find((answer) => answer?.text)?.text;
      if (text) this.notify(text);
    });
  }
}

/** Telegram's own notes, such as that a topic was opened, show nothing here. */
function empty({ text, document, photo, voice, sticker, contact }) {
  return text === '' && !document && !photo && !voice && !sticker && !contact;
}
