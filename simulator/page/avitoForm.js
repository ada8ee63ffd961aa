import { api } from './api.js';
import { h } from './dom.js';
import { t } from './model.js';

/** The chat on Avito of the person of a phone. */
export const chatOf = (phone) => `u2i-${phone.user}`;

/** Lets the person of a phone respond on Avito: to the ad with the number that is typed. */
export function avitoForm(phone) {
  const ad = h('input', {
    name: 'ad',
    type: 'number',
    min: '1',
    required: true,
    value: '4100000001',
    'aria-label': t('adNumber'),
  });
  const respond = async (event) => {
    event.preventDefault();
    const { name = '', phone: number } = phone.person() ?? {};
    const [first = '', ...last] = name.split(' ');
    const contact = number === undefined ? {} : { phone: number };
    await phone.attempt(() =>
      api('POST', '/sim/avito/responses', {
        vacancy: Number(ad.value),
        first: first || '?',
        last: last.join(' '),
        chat: chatOf(phone),
        ...contact,
      }),
    );
  };
  return h(
    'form',
    { class: 'avito', onsubmit: respond },
    ad,
    h('button', { type: 'submit', class: 'chip' }, t('respondAvito')),
  );
}
