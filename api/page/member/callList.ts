import type { Control } from '../../../runtime/readControl.ts';
import { html, type Html } from '../html.ts';
import type { Say } from './say.ts';

/** Calls with clients about which something is to be done: they are no deals, and are late all the same. */
export function callList(
  say: Say,
  found: Control['calls'],
  { names }: Control,
  { now, callOf }: { now: number; callOf: (id: string) => string },
): Html | undefined {
  if (found.length === 0) return undefined;
  const rows = found.map(({ call, task }) => {
    const late = task.due < now;
    const what = say(`clientCall.task.${task.what}`, { left: task.left });
    const kind = say(`clientCall.kind.${call.kind}`);
    const when = say('memberPage.when', {
      day: { at: task.due, as: 'day' },
      time: { at: task.due, as: 'time' },
    });
    return html`<li${late && html` class="overdue"`}><a href="${callOf(call._id)}">${call.company}</a>, ${kind}: ${what}. ${names.get(call.manager) ?? '—'}, ${when}${late && html` <span class="late">${say('memberPage.control.late')}</span>`}</li>`;
  });
  return html`<section aria-labelledby="calls">
    <h2 id="calls">${say('memberPage.control.calls', { count: found.length })}</h2>
    <ul class="calls">
      ${rows}
    </ul>
  </section>`;
}
