import { api } from './api.js';
import { ClockBar } from './clockBar.js';
import { h, icon } from './dom.js';
import { GroupPanel } from './groupPanel.js';
import { model, t } from './model.js';
import { overlay } from './overlay.js';
import { personDialog } from './personDialog.js';
import { Phone } from './phone.js';
import { chatLink } from './chatLink.js';

/** The roles whose phones stand there from the beginning, in this order. */
const SHOWN = ['candidate', 'recruiter', 'client'];

/** Who is put into a new group. */
const TEAM = ['head', 'recruiter'];

const page = {
  phones: [],
  groups: [],
  active: 0,

  chatOf: chatLink,
  extra: (phone) => page.phones.indexOf(phone) >= SHOWN.length,
  notify: (text) => overlay(page.layer, { text }),

  /** Puts another person into a phone. */
  choose(phone, id) {
    phone.user = id;
    phone.unread = false;
    phone.draw();
    page.drawTabs();
  },

  close(phone) {
    page.phones = page.phones.filter((other) => other !== phone);
    page.activate(0);
    page.draw();
  },

  add(id) {
    page.phones.push(new Phone(id, page));
    page.activate(page.phones.length - 1);
    page.draw();
    page.phones.at(-1).element.scrollIntoView({ inline: 'end', behavior: 'smooth' });
  },

  /** All that stands side by side, in the order of the tabs. */
  panels: () => [...page.phones, ...page.groups],

  /** Shows the phone of somebody; they get one when there is none. */
  bring(user) {
    const index = page.phones.findIndex((phone) => phone.user === user);
    if (index < 0) return page.add(user);
    page.activate(index);
    return page.phones[index].element.scrollIntoView({ inline: 'nearest', behavior: 'smooth' });
  },

  /** Somebody follows a link to the bot: on their own phone of that messenger, which they get when they have none. */
  async follow(user, { channel, text }) {
    const there = await page.onChannel(user, channel);
    if (there === undefined) return page.notify(t('noNumber'));
    page.bring(there);
    return text === '' ? undefined : page.phones.find((phone) => phone.user === there)?.send({ text });
  },

  /** The same person in a messenger: known by the number, or by the name of one who has none. */
  async onChannel(user, channel) {
    const { name, lang, phone, email, channel: own } = model.person(user);
    if ((own ?? 'telegram') === channel) return user;
    const digits = (number = '') => number.replace('+', '');
    const known = model.people.find(
      (other) =>
        (other.channel ?? 'telegram') === channel &&
        (phone ? digits(other.phone) === digits(phone) : other.name === name),
    );
    if (known) return known.id;
    if (channel === 'whatsapp' && !phone) return undefined;
    const same = { name, lang, channel, ...(phone && { phone }), ...(email && { email }) };
    const { id } = await api('POST', '/sim/users', same);
    await page.loadPeople();
    return id;
  },

  rezone() {
    page.bar.draw();
    for (const panel of page.panels()) panel.draw();
  },

  speak(lang) {
    model.remember('lang', lang);
    page.bar.draw();
    for (const panel of page.panels()) panel.draw();
    page.draw();
  },

  activate(index) {
    page.active = index;
    for (const [i, panel] of page.panels().entries()) {
      panel.element.classList.toggle('active', i === index);
      if (i === index) panel.unread = false;
    }
    page.drawTabs();
  },

  drawTabs() {
    const tab = (panel, i) =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          'aria-selected': String(i === page.active),
          onclick: () => page.activate(i),
        },
        panel.tabName(),
        h('small', {}, panel.tabRole()),
        panel.unread && h('i', { class: 'dot', role: 'img', 'aria-label': t('unread') }),
      );
    page.tabs.replaceChildren(...page.panels().map(tab));
  },

  draw() {
    document.documentElement.lang = model.lang;
    document.title = t('title');
    const language = (lang) =>
      h(
        'button',
        { type: 'button', 'aria-pressed': String(model.lang === lang), onclick: () => page.speak(lang) },
        lang.toUpperCase(),
      );
    const top = h(
      'header',
      { class: 'top' },
      h(
        'div',
        { class: 'brand' },
        h('img', { src: '/page/icon.svg', alt: '', width: 36, height: 36 }),
        h('div', {}, h('h1', {}, t('title')), h('small', {}, t('subtitle'))),
      ),
      page.bar.element,
      h(
        'div',
        { class: 'tools' },
        page.team().length > 0 &&
          model.groups.length === 0 &&
          h(
            'button',
            { type: 'button', class: 'pill', onclick: () => void page.makeGroup() },
            icon('plus'),
            t('group'),
          ),
        h(
          'button',
          {
            type: 'button',
            class: 'pill',
            onclick: () => personDialog((id) => void page.loadPeople().then(() => page.add(id))),
          },
          icon('plus'),
          t('addPerson'),
        ),
        h(
          'div',
          { class: 'switch', role: 'group', 'aria-label': t('language') },
          language('ru'),
          language('en'),
        ),
      ),
    );
    page.tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('chats') });
    const empty = page.phones.length === 0 && h('p', { class: 'empty' }, t('noPeople'));
    const phones = h(
      'main',
      { class: 'phones' },
      page.panels().map(({ element }) => element),
      empty,
    );
    page.layer = h('div', { class: 'layer page-layer', 'aria-live': 'polite' });
    document.body.replaceChildren(top, page.hint(), page.tabs, phones, page.layer);
    page.activate(Math.min(page.active, Math.max(0, page.panels().length - 1)));
  },

  /** The links of the vacancies: a click is the candidate following one. */
  hint() {
    const { vacancies } = model.demo;
    const start = (payload) => {
      page.activate(0);
      void page.phones[0]?.send({ text: `/start ${payload}` });
    };
    const chip = ({ title, start: payload }) =>
      h('button', { type: 'button', class: 'chip', onclick: () => start(payload) }, title);
    return h(
      'section',
      { class: 'hint', hidden: vacancies.length === 0, 'aria-label': t('hint') },
      h('span', {}, t('hint')),
      vacancies.map(chip),
    );
  },

  async loadPeople() {
    [model.people, model.demo, model.bots, model.groups, model.called] = await Promise.all(
      ['users', 'demo', 'bots', 'groups', 'messengers'].map((what) => api('GET', `/sim/${what}`)),
    );
  },

  /** The demo's head and recruiters. */
  team: () => model.demo.people.filter(({ role }) => TEAM.includes(role)).map(({ id }) => id),

  async makeGroup() {
    try {
      await api('POST', '/sim/groups', { title: t('groupTitle'), members: page.team() });
    } catch (error) {
      page.notify(t('failed', { error: error.message }));
    }
  },

  /** Phones for the demo's roles, once there are people to hold them. */
  fill() {
    const byRole = SHOWN.map((role) => model.demo.people.find((person) => person.role === role)?.id);
    const rest = model.people.map(({ id }) => id);
    for (const wanted of byRole) {
      if (page.phones.length >= SHOWN.length) return;
      const taken = page.phones.map(({ user }) => user);
      const id = wanted ?? rest.find((other) => !taken.includes(other) && !byRole.includes(other));
      if (id !== undefined && !taken.includes(id)) page.phones.push(new Phone(id, page));
    }
  },

  /** A window for each group there is. @returns whether there is a new one. */
  fillGroups() {
    const known = page.groups.length;
    for (const { id } of model.groups)
      if (!page.groups.some((panel) => panel.id === id)) page.groups.push(new GroupPanel(id, page));
    return page.groups.length > known;
  },

  listen() {
    const source = new EventSource('/sim/events');
    source.addEventListener('open', () => {
      document.body.classList.remove('offline');
      void page.everything();
    });
    source.addEventListener('error', () => document.body.classList.add('offline'));
    source.addEventListener('message', ({ data }) => page.heard(JSON.parse(data)));
  },

  async everything() {
    await page.loadPeople();
    page.fill();
    page.fillGroups();
    page.draw();
    for (const panel of page.groups) panel.drawFace();
    for (const panel of page.groups) void panel.refresh();
    for (const phone of page.phones) void phone.refresh().then(() => phone.refreshMenu());
    page.refreshPost();
    await page.arrive();
    await page.bar.refresh();
  },

  /** A link of the product's own pages opens a chat: `/?as=<person>&start=<payload>`. Once, not at each reload. */
  async arrive() {
    const asked = new URLSearchParams(location.search);
    if (!asked.has('as')) return;
    const user = Number(asked.get('as'));
    window.history.replaceState(null, '', '/');
    if (!model.people.some(({ id }) => id === user)) return;
    page.bring(user);
    await page.phones.find((phone) => phone.user === user)?.send({ text: `/start ${asked.get('start')}` });
  },

  heard(event) {
    const phones = page.phones.filter(({ user }) => user === event.user || user === event.id);
    if (event.type === 'message') {
      for (const panel of [...phones, ...page.groups.filter(({ id }) => id === event.user)]) {
        void panel.refresh();
        if (page.panels().indexOf(panel) !== page.active) panel.unread = true;
      }
      page.drawTabs();
      page.later('clock', () => page.bar.refresh());
    } else if (event.type === 'answer') {
      for (const phone of phones)
        if (event.showAlert) phone.alert(event.text);
        else if (event.text) phone.notify(event.text);
    } else if (event.type === 'post') page.later('post', () => page.refreshPost());
    else if (event.type === 'action') for (const phone of phones) phone.action(event.action);
    else if (event.type === 'clock') page.clockMoved(event);
    else page.later('people', () => page.refreshPeople());
  },

  /** Every clock of the page shows the moment of now. */
  tick() {
    page.bar.tick();
    for (const phone of page.phones) phone.tick();
  },

  clockMoved({ offset, moving }) {
    Object.assign(model.clock, { offset, moving });
    page.tick();
    page.bar.drawMoving();
    if (!moving) page.later('clock', () => page.bar.refresh());
  },

  refreshPost() {
    for (const phone of page.phones) {
      void phone.post.refresh();
      if (['email', 'sms'].includes(phone.person()?.channel)) void phone.refresh();
    }
  },

  async refreshPeople() {
    const before = JSON.stringify([model.people.map(({ id, name }) => [id, name]), model.demo]);
    await page.loadPeople();
    page.fill();
    const grown = page.fillGroups();
    for (const panel of page.groups) panel.drawFace();
    if (grown || JSON.stringify([model.people.map(({ id, name }) => [id, name]), model.demo]) !== before) {
      for (const phone of page.phones) phone.drawBar();
      page.refreshPost();
      page.draw();
    }
    for (const phone of page.phones) void phone.refreshMenu();
  },

  /** Runs once for a burst of events. */
  later(name, run) {
    page.timers ??= {};
    clearTimeout(page.timers[name]);
    page.timers[name] = setTimeout(() => void run(), 120);
  },
};

page.bar = new ClockBar(page);
page.draw();
page.listen();
setInterval(() => page.tick(), 5000);
document.addEventListener('pointerdown', ({ target }) => {
  for (const phone of page.phones)
    if (!target.closest('.popover, .menu-button, [aria-expanded], header')) {
      phone.composer.closePopovers();
      phone.more.hidden = true;
    }
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') for (const phone of page.phones) phone.composer.closePopovers();
});
