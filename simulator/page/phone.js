import { api } from './api.js';
import { ChatLog } from './chatLog.js';
import { Composer } from './composer.js';
import { h, icon } from './dom.js';
import { model, t, when } from './model.js';
import { overlay } from './overlay.js';
import { Panel } from './panel.js';
import { personBar } from './personBar.js';
import { PostBox } from './postBox.js';

const NO_MENU = { bot: null, commands: [], keyboard: null };

/** One person's phone with the chat with the bot on its screen. */
export class Phone extends Panel {
  /** @param page `{ choose(phone, id), close(phone), telegram(url) }`: what needs the whole page. */
  constructor(user, page) {
    super();
    this.page = page;
    this.user = user;
    this.menu = NO_MENU;
    this.unread = false;
    this.act = {
      command: (text) => void this.send({ text }),
      link: (url) => this.followLink(url),
    };
    this.element = h('section', { class: 'phone-place' });
    this.draw();
  }

  get keyboard() {
    return this.menu.keyboard;
  }
  person() {
    return model.person(this.user);
  }
  personName() {
    return this.person()?.name ?? '';
  }
  tabName() {
    return this.personName().split(' ')[0];
  }
  tabRole() {
    return model.role(this.user);
  }
  botName() {
    return this.menu.bot?.name ?? t('bot');
  }
  started() {
    return this.person()?.started === true;
  }
  blocked() {
    return this.person()?.blocked === true;
  }
  /** Which bottom the phone needs: to start, to come back, or to type. */
  shape() {
    if (this.blocked()) return 'blocked';
    return this.started() ? 'typing' : 'start';
  }
  /** What this person wrote. */
  own() {
    return [...this.log.messages.values()].filter(({ from }) => from === 'user');
  }
  message(id) {
    return this.log.messages.get(id) ?? null;
  }
  lastId() {
    return Math.max(0, ...this.log.messages.keys());
  }
  show(id) {
    this.log.show(id);
  }

  /** Draws everything anew: at the start, for another person, in another language. */
  draw() {
    this.log = new ChatLog(this);
    this.composer = new Composer(this);
    this.status = h('small', {});
    this.clock = h('span', {});
    this.title = h('b', {});
    this.avatar = h('span', { class: 'avatar bot', 'aria-hidden': 'true' });
    this.welcome = h('div', { class: 'welcome', hidden: true });
    this.layer = h('div', { class: 'layer', 'aria-live': 'assertive' });
    this.more = h('div', { class: 'popover more', hidden: true, role: 'menu' });
    const openMore = () => this.toggleMore();
    const head = h(
      'header',
      {},
      icon('back'),
      this.avatar,
      h('span', { class: 'who' }, this.title, this.status),
      h(
        'button',
        { type: 'button', class: 'tool', 'aria-label': t('more'), title: t('more'), onclick: openMore },
        icon('more'),
      ),
      this.more,
    );
    const bar = h(
      'div',
      { class: 'status-bar', 'aria-hidden': 'true' },
      this.clock,
      h('i', { class: 'island' }),
      h('i', { class: 'signal' }),
    );
    const body = h('div', { class: 'chat' }, this.log.element, this.welcome);
    const device = h('div', { class: 'device' }, bar, head, body, this.composer.element, this.layer);
    this.bar = personBar(this);
    this.post = new PostBox(this, this.post?.element.open);
    this.element.replaceChildren(this.bar, device, this.post.element);
    this.element.setAttribute('aria-label', t('phoneOf', { name: this.personName() }));
    this.refreshFace();
    void this.refresh();
    void this.refreshMenu();
    void this.post.refresh();
  }

  /** Draws anew whose phone it is, and nothing else. */
  drawBar() {
    const fresh = personBar(this);
    this.bar.replaceWith(fresh);
    this.bar = fresh;
  }

  /** Reads what is new in the chat. Calls that come while one is running are answered by one more. */
  async refresh() {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    try {
      do {
        this.again = false;
        const { log, user } = this;
        const changes = await api('GET', `/sim/users/${user}/messages?since=${log.rev}`);
        if (log !== this.log) continue;
        log.apply(changes.filter(({ bot }) => !this.menu.bot || bot === this.menu.bot.id));
        if (changes.some(({ from, text }) => from === 'user' && text.includes('@'))) void this.post.refresh();
      } while (this.again);
    } catch {
      // The connection is gone; the page reads again when it is back.
    } finally {
      this.reading = false;
    }
    this.refreshFace();
  }

  /** Reads the bot's name, commands and keyboard. */
  async refreshMenu() {
    const { user } = this;
    const menu = await api('GET', `/sim/users/${user}/menu`).catch(() => NO_MENU);
    if (user !== this.user) return;
    const before = JSON.stringify(this.menu.keyboard);
    this.menu = menu;
    if (JSON.stringify(menu.keyboard) !== before) this.composer.keysShown = true;
    this.refreshFace();
    if (this.composer.shape !== this.shape()) this.composer.draw();
    else if (this.composer.box) {
      this.composer.drawMenu();
      this.composer.drawKeys();
    }
  }

  refreshFace() {
    this.title.textContent = this.botName();
    this.avatar.textContent = this.botName().slice(0, 1).toUpperCase();
    this.setStatus(t(this.menu.bot ? 'bot' : 'noBot'));
    this.tick();
    const description = this.menu.bot?.description;
    this.welcome.hidden = this.log.messages.size > 0;
    this.welcome.replaceChildren(
      h('div', {}, h('b', {}, t('whatCan')), h('p', {}, description || this.botName())),
    );
  }

  setStatus(text, busy = false) {
    this.status.textContent = text;
    this.status.classList.toggle('busy', busy);
  }

  /** The minute on the phone's own clock. */
  tick() {
    this.clock.textContent = when(model.now(), { timeStyle: 'short' });
  }

  /** The bot "is typing" for a few seconds. */
  action(kind) {
    this.setStatus(t(kind.startsWith('upload') ? 'sendingFile' : 'typing'), true);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.refreshFace(), 4000);
  }

  /** @returns whether the server took it. */
  async send(order) {
    return this.attempt(() => api('POST', `/sim/users/${this.user}/send`, order));
  }

  async press(order) {
    return this.attempt(() => api('POST', `/sim/users/${this.user}/tap`, order));
  }

  async setBlocked(blocked) {
    await this.attempt(() => api('POST', `/sim/users/${this.user}/${blocked ? 'block' : 'unblock'}`, {}));
  }

  compose(kind, message) {
    this.composer.setMode({ kind, message });
  }

  /** Links to the bot lead to its chat in that messenger; others open as usual. @returns whether it was one of them. */
  followLink(url) {
    const chat = this.page.chatOf(url);
    if (chat === null) return false;
    void this.attempt(() => this.page.follow(this.user, chat));
    return true;
  }

  alert(text) {
    overlay(this.layer, { text, ok: t('ok') });
  }

  toggleMore() {
    const blocked = this.blocked();
    const choose = () => {
      this.more.hidden = true;
      void this.setBlocked(!blocked);
    };
    this.more.hidden = !this.more.hidden;
    this.more.replaceChildren(
      h('button', { type: 'button', role: 'menuitem', onclick: choose }, t(blocked ? 'unblock' : 'block')),
    );
  }
}
