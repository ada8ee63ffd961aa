import { h, icon } from './dom.js';
import { model, t } from './model.js';

/** Where they are, when it is not Telegram. */
function where(person) {
  const names = { whatsapp: 'WhatsApp', max: 'MAX', email: t('mail'), sms: t('sms') };
  const name = names[person?.channel];
  return name ? ` · ${name}` : '';
}

/** The strip above a phone: whose it is, with a picker of all people, and their role. */
export function personBar(phone) {
  const person = phone.person();
  const option = ({ id, name }) => h('option', { value: String(id), selected: id === phone.user }, name);
  const picker = h(
    'select',
    { 'aria-label': t('whose'), onchange: ({ target }) => phone.page.choose(phone, Number(target.value)) },
    model.people.map(option),
  );
  const close = h(
    'button',
    {
      type: 'button',
      class: 'round small',
      'aria-label': t('closePhone'),
      title: t('closePhone'),
      onclick: () => phone.page.close(phone),
    },
    icon('close'),
  );
  return h(
    'div',
    { class: 'person-bar' },
    h(
      'span',
      { class: `avatar hue${phone.user % 6}`, 'aria-hidden': 'true' },
      (person?.name ?? '?').slice(0, 1),
    ),
    h(
      'label',
      {},
      picker,
      h('small', {}, `${model.role(phone.user)} · ${(person?.lang ?? '').toUpperCase()}${where(person)}`),
    ),
    phone.page.extra(phone) && close,
  );
}
