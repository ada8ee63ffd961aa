import { h, icon } from './dom.js';

/** The buttons under a message. A press shows as busy until the server has answered. */
export function inlineKeyboard(message, phone) {
  const row = (buttons) =>
    h(
      'div',
      { class: 'keys' },
      buttons.map((button) => key(button, message, phone)),
    );
  return h('div', { class: 'inline', role: 'group' }, message.buttons.map(row));
}

function key(button, message, phone) {
  const { label, style, disabled, url, copy, data } = button;
  const press = async ({ currentTarget }) => {
    if (copy !== undefined) return phone.copy(copy);
    if (url !== undefined) {
      if (!phone.act.link(url)) window.open(url, '_blank', 'noopener');
      return undefined;
    }
    currentTarget.setAttribute('aria-busy', 'true');
    await phone.press({ messageId: message.id, label, ...(data !== undefined && { data }) });
    currentTarget.removeAttribute('aria-busy');
    return undefined;
  };
  return h(
    'button',
    { type: 'button', class: `key ${style ?? ''}`, disabled, onclick: (event) => void press(event) },
    h('span', {}, label),
    url !== undefined && icon('link'),
    copy !== undefined && icon('copy'),
  );
}
