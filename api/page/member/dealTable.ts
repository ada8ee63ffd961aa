import type { Control, Deal } from '../../../runtime/readControl.ts';
import { html, type Html, type Piece } from '../html.ts';
import type { Say } from './say.ts';

/** The columns, in their order; what they are called is `memberPage.control.head.<name>`. */
const columns = ['person', 'stage', 'vacancy', 'manager', 'next', 'due'] as const;

/**
 * Deals as a table, which on a narrow screen stands as cards. The roles are named, since a browser forgets what a table
 * is once its rows are laid out otherwise.
 */
export function dealTable(
  say: Say,
  deals: Deal[],
  { loads, names }: Control,
  of: { stageOf: (deal: Deal) => string; cardOf: (deal: Deal) => string },
): Html {
  const team = new Set(loads.map(({ member }) => member._id));
  const heads = columns.map(
    (one) => html`<th role="columnheader" scope="col">${say(`memberPage.control.head.${one}`)}</th>`,
  );
  const rows = deals.map((deal) => {
    const { application, person, vacancy, company, next, tasks, late } = deal;
    const title = vacancy ? say.label({ words: vacancy.title }) : '—';
    const { recruiter, taken } = application;
    const cells: Record<(typeof columns)[number], Piece> = {
      person: html`<a id="deal-${application.id}" href="${of.cardOf(deal)}">${person}</a>`,
      stage: of.stageOf(deal),
      vacancy: [title, company !== undefined && html`<small>${company}</small>`],
      manager: [
        recruiter === undefined ? say('memberPage.control.nobody') : (names.get(recruiter) ?? '—'),
        recruiter !== undefined &&
          !team.has(recruiter) &&
          html`<small class="late">${say('memberPage.control.left')}</small>`,
        taken === undefined && html`<small>${say('memberPage.control.notTaken')}</small>`,
      ],
      next: [
        next ? say.label(next.what) : say('memberPage.control.noNext'),
        tasks.length > 1 &&
          html`<small>${say('memberPage.control.moreTasks', { count: tasks.length - 1 })}</small>`,
      ],
      due: [
        next &&
          say('memberPage.when', { day: { at: next.at, as: 'day' }, time: { at: next.at, as: 'time' } }),
        late && html` <span class="late">${say('memberPage.control.late')}</span>`,
      ],
    };
    const laid = columns.map((one) => html`<td role="cell" class="${one}">${cells[one]}</td>`);
    return html`<tr role="row" ${late && html` class="overdue"`}>
      ${laid}
    </tr>`;
  });
  return html`<table class="deals" role="table" aria-labelledby="deals">
    <thead role="rowgroup">
      <tr role="row">
        ${heads}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows}
    </tbody>
  </table>`;
}
