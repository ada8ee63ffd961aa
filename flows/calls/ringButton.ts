import type { Application } from '../candidate.ts';
import type { Button } from '../effect.ts';

/** Opens the call screen of an application. */
export function ringButton({ id }: Pick<Application, 'id'>): Button {
  return { label: { key: 'calls.button.open' }, data: `d:open:${id}`, style: 'primary' };
}
