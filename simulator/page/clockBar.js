import { api } from './api.js';
import { h, icon } from './dom.js';
import { model, t, when } from './model.js';
import { words } from './words.js';

/** The clock on top: what time it is, buttons that move it, and the list of what is due. */
export class ClockBar {
  /** @param page `{ rezone(), tick(), notify(text) }` */
  constructor(page) {
    this.page = page;
    this.element = h('div', { class: 'clock-bar', role: 'group' });
    this.draw();
  }

  draw() {
    this.time = h('time', { class: 'now' });
    this.buttons = [
      this.button('plusHour', { advance: '1h' }),
      this.button('plusDay', { advance: '24h' }),
      this.button('toNext', { next: true }),
    ];
    this.due = h('details', { class: 'due' });
    this.spinner = h('span', { class: 'spinner', role: 'status', hidden: true }, h('i', {}), t('moving'));
    const face = h('div', { class: 'face' }, h('small', {}, t('now')), this.time);
    this.element.setAttribute('aria-label', t('now'));
    this.element.replaceChildren(
      icon('clock'),
      face,
      this.zonePicker(),
      ...this.buttons,
      this.due,
      this.spinner,
    );
    this.tick();
    this.drawDue();
    this.drawMoving();
  }

  button(label, order) {
    return h('button', { type: 'button', class: 'pill', onclick: () => void this.move(order) }, t(label));
  }

  zonePicker() {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const zones = { ...words.zones, ...(!(own in words.zones) && { [own]: [own, own] }) };
    const option = ([zone, [ru, en]]) =>
      h('option', { value: zone, selected: zone === model.zone }, model.lang === 'ru' ? ru : en);
    const choose = ({ target }) => {
      model.remember('zone', target.value);
      this.page.rezone();
    };
    return h(
      'select',
      { 'aria-label': t('zone'), title: t('zone'), onchange: choose },
      Object.entries(zones).map(option),
    );
  }

  async move(order) {
    model.clock.moving = true;
    this.drawMoving();
    try {
      Object.assign(model.clock, await api('POST', '/sim/clock', order));
    } catch (error) {
      this.page.notify(t('failed', { error: error.message }));
    }
    model.clock.moving = false;
    await this.refresh();
  }

  async refresh() {
    const clock = await api('GET', '/sim/clock').catch(() => null);
    if (clock) Object.assign(model.clock, clock);
    this.page.tick();
    this.drawDue();
    this.drawMoving();
  }

  tick() {
    const now = model.now();
    this.time.textContent = `${when(now, { weekday: 'short', day: 'numeric', month: 'long' })}, ${when(now, { timeStyle: 'short' })}`;
  }

  drawMoving() {
    const { moving, due } = model.clock;
    for (const button of this.buttons) button.disabled = moving;
    this.buttons.at(-1).disabled = moving || due.length === 0;
    this.spinner.hidden = !moving;
    this.element.classList.toggle('moving', moving);
  }

  drawDue() {
    const { due } = model.clock;
    const day = (at) => when(at, { day: 'numeric', month: 'short' });
    const item = ({ at, what, title }) => {
      const moment = Date.parse(at);
      const clock = when(moment, { timeStyle: 'short' });
      const label = day(moment) === day(model.now()) ? clock : `${day(moment)}, ${clock}`;
      return h('li', {}, h('time', { datetime: at }, label), h('span', {}, title ?? what));
    };
    const list = due.length > 0 ? h('ol', {}, due.map(item)) : h('p', {}, t('nothingDue'));
    this.due.replaceChildren(
      h('summary', {}, t('due'), h('b', { class: 'badge' }, String(due.length))),
      list,
    );
  }
}
