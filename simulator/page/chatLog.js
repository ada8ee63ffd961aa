import { bubble } from './bubble.js';
import { h, icon } from './dom.js';
import { t, when } from './model.js';

/** The newest messages are drawn, so many at most. */
const DRAWN = 300;

/** The list of messages of one phone: keeps what came, redraws only what changed, and stays at the end unless scrolled up. */
export class ChatLog {
  constructor(phone) {
    this.phone = phone;
    this.messages = new Map();
    this.rev = 0;
    this.below = 0;
    this.pinned = true;
    this.top = 0;
    this.list = h('ol', {
      class: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': t('log'),
      tabindex: '0',
    });
    this.counter = h('span', { class: 'badge', hidden: true });
    this.downButton = h(
      'button',
      {
        type: 'button',
        class: 'round down',
        'aria-label': t('down'),
        title: t('down'),
        hidden: true,
        onclick: () => this.toEnd(),
      },
      icon('down'),
      this.counter,
    );
    this.list.addEventListener('scroll', () => this.scrolled());
    // The keyboard that opens, and a picture that has loaded, must not push the newest message out of sight.
    const stay = new window.ResizeObserver(() => this.pinned && this.toEnd(true));
    stay.observe(this.list);
    this.list.addEventListener('load', () => this.pinned && this.toEnd(true), true);
    this.element = h('div', { class: 'screen' }, this.list, this.downButton);
  }

  /** Takes new and changed messages. */
  apply(changes) {
    const first = this.rev === 0;
    const atEnd = first || this.pinned;
    for (const message of changes) {
      this.rev = Math.max(this.rev, message.rev);
      const known = this.messages.has(message.id);
      if (message.deleted) this.messages.delete(message.id);
      else this.messages.set(message.id, message);
      if (!known && !atEnd && message.from === 'bot') this.below += 1;
      this.redraw(message, first);
    }
    this.separate();
    if (atEnd || changes.some((message) => message.from === 'user')) this.toEnd(first);
    else this.scrolled();
  }

  redraw(message, first) {
    const old = this.list.querySelector(`[data-id="${message.id}"]`);
    if (message.deleted) return old?.remove();
    const fresh = bubble(message, this.phone);
    if (old) return old.replaceWith(fresh);
    if (!first) fresh.classList.add('fresh');
    const next = [...this.list.querySelectorAll('[data-id]')].find(
      (item) => Number(item.dataset.id) > message.id,
    );
    if (next) next.before(fresh);
    else this.list.append(fresh);
    return undefined;
  }

  /** Puts a date before the first message of each day, and marks where one side's run of messages ends. */
  separate() {
    for (const old of this.list.querySelectorAll('.day')) old.remove();
    const rows = [...this.list.querySelectorAll('[data-id]')];
    for (const extra of rows.splice(0, Math.max(0, rows.length - DRAWN))) extra.remove();
    let before = '';
    for (const [i, row] of rows.entries()) {
      const at = Date.parse(this.messages.get(Number(row.dataset.id))?.date ?? '');
      const day = when(at, { day: 'numeric', month: 'long' });
      const starts = day !== before;
      if (starts) row.before(h('li', { class: 'day' }, h('span', {}, day)));
      before = day;
      const next = rows[i + 1];
      row.classList.toggle('last', !next || next.classList.contains('own') !== row.classList.contains('own'));
    }
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  toEnd(atOnce = false) {
    this.pinned = true;
    const still = atOnce || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: still ? 'instant' : 'smooth' });
  }

  scrolled() {
    const end = this.atEnd();
    const { scrollTop } = this.list;
    // Only a scroll upwards unpins: on its way to the end the list is not at the end either.
    if (end) this.pinned = true;
    else if (scrollTop < this.top - 1) this.pinned = false;
    this.top = scrollTop;
    if (end) this.below = 0;
    this.downButton.hidden = end;
    this.counter.hidden = this.below === 0;
    this.counter.textContent = String(this.below);
  }

  /** Scrolls to a message and lights it up for a moment. */
  show(id) {
    const row = this.list.querySelector(`[data-id="${id}"]`);
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row?.classList.remove('lit');
    window.requestAnimationFrame(() => row?.classList.add('lit'));
  }
}
