import { api } from './api.js';
import { h } from './dom.js';
import { model, t } from './model.js';
import { words } from './words.js';

/** Asks for a new person's name, language and phone. @param done is told the new person's id. */
export function personDialog(done) {
  const name = h('input', { required: true, maxlength: 64, autocomplete: 'off', name: 'name' });
  const lang = h(
    'select',
    { name: 'lang' },
    h('option', { value: 'ru' }, words.ru.itself),
    h('option', { value: 'en', selected: model.lang === 'en' }, words.en.itself),
  );
  const phone = h('input', {
    type: 'tel',
    pattern: '\\+?\\d{5,15}',
    placeholder: '+79161234567',
    name: 'phone',
  });
  const channel = h(
    'select',
    { name: 'channel' },
    ['Telegram', 'WhatsApp', 'MAX'].map((one) => h('option', { value: one.toLowerCase() }, one)),
    ...['email', 'sms'].map((one) => h('option', { value: one }, t(one === 'email' ? 'mail' : one))),
  );
  const email = h('input', { type: 'email', placeholder: 'name@mail.test', name: 'email' });
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = async (event) => {
    event.preventDefault();
    try {
      const number = phone.value.trim();
      const { id } = await api('POST', '/sim/users', {
        name: name.value,
        lang: lang.value,
        channel: channel.value,
        ...(number && { phone: number }),
        ...(email.value.trim() && { email: email.value.trim() }),
      });
      dialog.close();
      done(id);
    } catch (error) {
      trouble.textContent = t('failed', { error: error.message });
    }
  };
  const field = (label, input) => h('label', {}, h('span', {}, t(label)), input);
  const form = h(
    'form',
    { onsubmit: (event) => void submit(event) },
    h('h2', {}, t('addPersonTitle')),
    field('name', name),
    field('personLanguage', lang),
    field('phone', phone),
    field('channel', channel),
    field('mail', email),
    trouble,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
      h('button', { class: 'primary' }, t('add')),
    ),
  );
  const dialog = h('dialog', { 'aria-label': t('addPersonTitle'), onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}
