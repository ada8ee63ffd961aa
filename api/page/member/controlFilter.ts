import type { Control } from '../../../runtime/readControl.ts';
import { html, type Html } from '../html.ts';
import { type ControlQuery, nobody } from './controlQuery.ts';
import type { Say } from './say.ts';

type Option = readonly [value: string, label: string];

/** What is shown of the deals: a form that works by itself, and a way back to all of them. The stages stand as links. */
export function controlFilter(say: Say, path: string, query: ControlQuery, { deals, loads }: Control): Html {
  const any: Option = ['', say('memberPage.control.any')];
  const titles = new Map(
    deals.flatMap(({ vacancy }) =>
      vacancy ? [[vacancy._id, say.label({ words: vacancy.title })] as const] : [],
    ),
  );
  const people = loads.map(({ member }): Option => [member._id, member.name]);
  const isAsked = query.manager || query.vacancy || query.stage || query.late;
  return html`<form
    class="filter"
    method="get"
    action="${path}"
    role="search"
    aria-label="${say('memberPage.control.filter')}"
  >
    ${select('manager', query.manager, [any, ...people, [nobody, say('memberPage.control.nobody')]])}
    ${select('vacancy', query.vacancy, [any, ...[...titles].sort(byLabel)])}
    ${query.stage && html`<input type="hidden" name="stage" value="${query.stage}" />`}
    <label class="tick"
      ><input
        type="checkbox"
        id="late"
        name="late"
        value="1"
        ${query.late && html` checked`}
      />${say('memberPage.control.onlyLate')}</label
    >
    <button>${say('memberPage.control.show')}</button
    >${isAsked && html`<a class="button" href="${path}">${say('memberPage.control.all')}</a>`}
  </form>`;

  function select(name: 'manager' | 'vacancy', chosen: string, options: Option[]): Html {
    const shown = options.map(
      ([value, label]) =>
        html`<option value="${value}" ${value === chosen && html` selected`}>${label}</option>`,
    );
    return html`<label
      >${say(`memberPage.control.head.${name}`)}<select id="${name}" name="${name}">
        ${shown}
      </select></label
    >`;
  }
}

function byLabel([, a]: Option, [, b]: Option): number {
  return a.localeCompare(b);
}
