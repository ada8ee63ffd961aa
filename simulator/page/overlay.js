import { h } from './dom.js';

/** How long a toast stays, milliseconds. */
const STAYS = 3500;

/**
 * What a bot answered to a tap, or what the page has to say, over one phone: a toast that leaves by itself, or with
 * `ok` (the button's label) an alert that stays until it is closed.
 */
export function overlay(layer, { text, ok }) {
  if (ok === undefined) {
    const toast = h('div', { class: 'toast', role: 'status' }, text);
    layer.append(toast);
    setTimeout(() => toast.remove(), STAYS);
    return;
  }
  const before = document.activeElement;
  const close = () => {
    alert.remove();
    before?.focus?.();
  };
  const button = h('button', { type: 'button', onclick: close }, ok);
  const onkeydown = (event) => event.key === 'Escape' && close();
  const box = h(
    'div',
    { role: 'alertdialog', 'aria-modal': 'true', 'aria-label': text, onkeydown },
    h('p', {}, text),
    button,
  );
  const alert = h('div', { class: 'alert' }, box);
  layer.append(alert);
  button.focus();
}
