import type { RenderedButton } from '../runtime/words.ts';
import { inRows } from './speech.ts';
import { voice } from './reply.ts';
import type { StaffContext } from './staffContext.ts';

/** The way to everything: what a hint offers under its words. */
export function menuButtons(ctx: StaffContext): RenderedButton[][] {
  const said = voice(ctx);
  if (ctx.member.role === 'client') {
    const names = ['interviews', 'progress'];
    return [names.map((name) => said.button(`client.button.${name}`, `m:${name}`))];
  }
  const names = [
    'new',
    'today',
    'calls',
    'find',
    'vacancies',
    ...(ctx.member.role === 'head' ? ['team'] : []),
  ];
  return inRows(
    names.map((name) => said.button(`staff.menu.${name}`, `m:${name}`)),
    2,
  );
}
