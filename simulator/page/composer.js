import { h, icon } from './dom.js';
import { t } from './model.js';

/** Files larger than this are refused by the control API, bytes. */
const LARGEST = 20 * 1024 * 1024;

/** The bottom of a phone: the typing box, what can be attached, the bot's menu and its reply keyboard. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.mode = null;
    this.keysShown = true;
    this.element = h('div', { class: 'composer' });
    this.draw();
  }

  draw() {
    const { phone } = this;
    const draft = this.box?.value ?? '';
    this.shape = phone.shape();
    if (this.shape === 'blocked') return this.only(t('restart'), () => phone.setBlocked(false));
    if (this.shape === 'start') return this.only(t('start'), () => phone.send({ text: '/start' }));
    this.box = h('textarea', {
      rows: 1,
      placeholder: phone.keyboard?.input_field_placeholder ?? t('message'),
      'aria-label': t('message'),
      value: draft,
      oninput: () => this.grow(),
      onkeydown: (event) => this.typed(event),
    });
    const tool = (name, onclick, more = {}) =>
      h(
        'button',
        { type: 'button', class: 'tool', title: t(name), 'aria-label': t(name), onclick, ...more },
        icon(more.icon ?? name),
      );
    this.file = h('input', { type: 'file', hidden: true, onchange: () => this.picked() });
    this.attachButton = tool('attach', () => this.toggle(this.attachments), { 'aria-expanded': 'false' });
    this.menuButton = h(
      'button',
      {
        type: 'button',
        class: 'menu-button',
        'aria-expanded': 'false',
        onclick: () => this.toggle(this.commands),
      },
      icon('menu'),
      h('span', {}, t('menu')),
    );
    this.sendButton = tool('send', () => this.submit(), { class: 'tool send' });
    this.voiceButton = tool('voice', () => phone.send({ voice: true }), { icon: 'mic' });
    this.bar = h('div', { class: 'mode', hidden: true });
    this.attachments = this.attachMenu();
    this.commands = h('div', {
      class: 'popover commands',
      hidden: true,
      role: 'menu',
      'aria-label': t('menu'),
    });
    this.keys = h('div', { class: 'keyboard', role: 'group', 'aria-label': t('keyboard') });
    this.keysButton = tool('keyboard', () => this.toggleKeys());
    const row = h(
      'div',
      { class: 'typing' },
      this.menuButton,
      this.attachButton,
      this.box,
      tool('sticker', () => phone.send({ sticker: true }), { icon: 'smile' }),
      this.keysButton,
      this.voiceButton,
      this.sendButton,
    );
    this.element.replaceChildren(this.attachments, this.commands, this.bar, row, this.keys, this.file);
    this.drawMenu();
    this.drawKeys();
    this.drawMode();
    this.grow();
    return undefined;
  }

  only(label, onclick) {
    this.box = null;
    this.element.replaceChildren(h('button', { type: 'button', class: 'only', onclick }, label));
  }

  attachMenu() {
    const item = (name, run, shape = name) => {
      const onclick = () => {
        this.toggle(this.attachments);
        run();
      };
      return h('button', { type: 'button', role: 'menuitem', onclick }, icon(shape), t(name));
    };
    const pick = (photo) => {
      this.asPhoto = photo;
      this.file.accept = photo ? '.jpg,.jpeg,.png' : '';
      this.file.click();
    };
    return h(
      'div',
      { class: 'popover attach', hidden: true, role: 'menu', 'aria-label': t('attach') },
      item('photo', () => pick(true)),
      item('file', () => pick(false)),
      item('shareContact', () => this.phone.send({ contact: true }), 'contact'),
    );
  }

  drawMenu() {
    const { commands } = this.phone.menu;
    this.menuButton.hidden = commands.length === 0;
    const choose = (command) => {
      this.toggle(this.commands);
      void this.phone.send({ text: `/${command}` });
    };
    this.commands.replaceChildren(
      ...commands.map(({ command, description }) =>
        h(
          'button',
          { type: 'button', role: 'menuitem', onclick: () => choose(command) },
          h('span', {}, description),
          h('code', {}, `/${command}`),
        ),
      ),
    );
  }

  drawKeys() {
    const keyboard = this.phone.keyboard;
    this.keysButton.hidden = !keyboard;
    this.keys.hidden = !keyboard || !this.keysShown;
    if (!keyboard) return;
    const press = (label) => {
      if (keyboard.one_time_keyboard) this.toggleKeys(false);
      void this.phone.press({ messageId: this.phone.lastId(), label });
    };
    const key = ({ text, style }) =>
      h('button', { type: 'button', class: `key ${style ?? ''}`, onclick: () => press(text) }, text);
    this.keys.replaceChildren(...keyboard.keyboard.map((row) => h('div', { class: 'keys' }, row.map(key))));
  }

  toggleKeys(shown = !this.keysShown) {
    this.keysShown = shown;
    this.keys.hidden = !shown || !this.phone.keyboard;
  }

  toggle(popover) {
    for (const other of [this.attachments, this.commands]) other.hidden = other !== popover || !other.hidden;
    this.attachButton.setAttribute('aria-expanded', String(!this.attachments.hidden));
    this.menuButton.setAttribute('aria-expanded', String(!this.commands.hidden));
    if (!popover.hidden) popover.querySelector('button')?.focus();
  }

  closePopovers() {
    for (const popover of [this.attachments, this.commands])
      if (popover && !popover.hidden) this.toggle(popover);
  }

  /** `reply` or `edit` of a message, or null for plain typing. */
  setMode(mode) {
    this.mode = mode;
    if (!this.box) return;
    if (mode?.kind === 'edit') this.box.value = mode.message.text;
    this.drawMode();
    this.grow();
    this.box.focus();
  }

  drawMode() {
    this.bar.hidden = !this.mode;
    if (!this.mode) return;
    const { kind, message } = this.mode;
    const cancel = () => {
      if (kind === 'edit') this.box.value = '';
      this.setMode(null);
    };
    this.bar.replaceChildren(
      icon(kind),
      h('span', {}, h('b', {}, t(kind === 'edit' ? 'editing' : 'replying')), h('small', {}, message.text)),
      h(
        'button',
        { type: 'button', class: 'tool', 'aria-label': t('cancel'), onclick: cancel },
        icon('close'),
      ),
    );
  }

  typed(event) {
    if (event.key === 'Escape' && this.mode) return this.setMode(null);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return undefined;
    event.preventDefault();
    return void this.submit();
  }

  async submit() {
    const text = this.box.value.trim();
    if (text === '') return;
    const { mode } = this;
    const order = { text };
    if (mode?.kind === 'edit') order.edit = mode.message.id;
    if (mode?.kind === 'reply') order.replyTo = mode.message.id;
    this.box.value = '';
    this.setMode(null);
    if (!(await this.phone.send(order))) this.box.value = text;
    this.grow();
  }

  grow() {
    const { box } = this;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
    const empty = box.value.trim() === '';
    this.sendButton.hidden = empty;
    this.voiceButton.hidden = !empty;
  }

  async picked() {
    const [file] = this.file.files;
    this.file.value = '';
    if (!file) return;
    if (file.size > LARGEST) return this.phone.notify(t('failed', { error: '> 20 MB' }));
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const base64 = String(reader.result).split(',')[1] ?? '';
      void this.phone.send({ file: { name: file.name, base64 }, ...(this.asPhoto && { photo: true }) });
    });
    reader.readAsDataURL(file);
  }
}
