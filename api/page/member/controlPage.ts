import { countStages } from '../../../flows/pipelines/countStages.ts';
import { stageName } from '../../../flows/pipelines/stageName.ts';
import { type Control, type Deal, isWorked, readControl } from '../../../runtime/readControl.ts';
import { html, type Html } from '../html.ts';
import { asked, askedCalls, controlLink, controlQuery, type ControlQuery } from './controlQuery.ts';
import { callList } from './callList.ts';
import { controlFilter } from './controlFilter.ts';
import { dealTable } from './dealTable.ts';
import type { DrawMemberPage } from './memberRouter.ts';
import { memberShell } from './memberShell.ts';
import { type Say, sayTo } from './say.ts';

/** How many deals stand on one page. */
const perPage = 100;

/** The head's control: how each manager stands, every open deal with its next step, and what is late. */
export const drawControlPage: DrawMemberPage = async (deps, member, given, token) => {
  const { words, clock, policy, startUrl } = deps;
  const say = sayTo(words, member);
  const now = clock.now();
  const path = `/p/${token}/control`;
  const query = controlQuery.parse(given);
  const control = await readControl(deps.db, policy, now);
  const stageOf = ({ application }: Deal) => say.label(stageName(control.pipelines, application));
  const found = asked(control, query, stageOf, now);
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(query.page, pages);
  const from = (page - 1) * perPage;
  const shown = found.slice(from, from + perPage);
  const cardOf = ({ application }: Deal) => startUrl(member, `card_${application.id}`);
  const callOf = (id: string) => startUrl(member, `call_${id}`);
  const body = html`<p class="sum">
      ${say('memberPage.control.sum', { deals: control.open, late: control.late })}
    </p>
    <div class="over">
      ${managers(say, path, query, control)}${stages(say, path, query, control, stageOf)}
    </div>
    ${controlFilter(say, path, query, control)}
    <section aria-labelledby="deals">
      <h2 id="deals">${say('memberPage.control.deals', { count: found.length })}</h2>
      ${shown.length > 0 ? dealTable(say, shown, control, { stageOf, cardOf }) : html`<p>${say('memberPage.control.none')}</p>`}
      ${pages > 1 && turning(say, path, query, { page, pages, from, to: from + shown.length, count: found.length })}
    </section>
    ${callList(say, askedCalls(control, query, now), control, { now, callOf })}`;
  return memberShell(deps, { member, say, page: 'control', token, body });
};

/** How each manager stands; the numbers lead to what they count. */
function managers(say: Say, path: string, query: ControlQuery, { loads }: Control): Html {
  const to = (manager: string, late?: '1') =>
    controlLink(path, { ...query, vacancy: '', stage: '', late }, { manager });
  const rows = loads.map(
    ({ member: { _id, name }, deals, tasks, late }) =>
      html`<tr>
        <th scope="row">
          <a href="${to(_id)}" ${query.manager === _id && html` aria-current="true"`}>${name}</a>
        </th>
        <td>${deals}</td>
        <td>${tasks}</td>
        <td>${late > 0 ? html`<a class="late" href="${to(_id, '1')}">${late}</a>` : 0}</td>
      </tr>`,
  );
  const heads = ['deals', 'tasks', 'late'].map(
    (one) => html`<th scope="col">${say(`memberPage.control.count.${one}`)}</th>`,
  );
  return html`<section aria-labelledby="team">
    <h2 id="team">${say('memberPage.control.team')}</h2>
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">${say('memberPage.control.head.manager')}</th>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

/** How many deals stand at each stage, in the pipeline's order; what an agency added comes last. */
function stages(
  say: Say,
  path: string,
  query: ControlQuery,
  { deals }: Control,
  stageOf: (deal: Deal) => string,
): Html {
  const counts = countStages(deals.filter(isWorked), ({ application }) => application.stage, stageOf);
  const links = counts.map(
    ([stage, count]) =>
      html`<li>
        <a
          href="${controlLink(path, query, { stage: query.stage === stage ? '' : stage })}"
          ${query.stage === stage && html` aria-current="true"`}
          >${stage} <b>${count}</b></a
        >
      </li>`,
  );
  return html`<section aria-labelledby="stages">
    <h2 id="stages">${say('memberPage.control.stages')}</h2>
    <ul class="chips">
      ${links}
    </ul>
  </section>`;
}

function turning(
  say: Say,
  path: string,
  query: ControlQuery,
  { page, pages, ...range }: { page: number; pages: number; from: number; to: number; count: number },
): Html {
  const to = (one: number, key: string) =>
    html`<a class="button" href="${controlLink(path, query, { page: one })}"
      >${say(`memberPage.control.${key}`)}</a
    >`;
  const shown = say('memberPage.control.range', { ...range, from: range.from + 1 });
  return html`<nav class="turning" aria-label="${say('memberPage.control.pages')}">
    ${page > 1 && to(page - 1, 'before')} <span>${shown}</span>${page < pages && to(page + 1, 'after')}
  </nav>`;
}
