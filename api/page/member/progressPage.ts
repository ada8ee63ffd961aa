import { countStages } from '../../../flows/pipelines/countStages.ts';
import type { Pipeline } from '../../../flows/pipelines/pipeline.ts';
import { stageName } from '../../../flows/pipelines/stageName.ts';
import { readPipelines } from '../../../models/pipelines.ts';
import { type Progress, progressLines, readProgress } from '../../../models/readProgress.ts';
import { html, type Html } from '../html.ts';
import type { DrawMemberPage } from './memberRouter.ts';
import { memberShell } from './memberShell.ts';
import { type Say, sayTo } from './say.ts';

/** How the search for a client's vacancies goes: numbers, and nobody's name. */
export const drawProgressPage: DrawMemberPage = async (deps, member, _query, token) => {
  const say = sayTo(deps.words, member);
  const [all, pipelines] = await Promise.all([
    readProgress(deps.db, member._id, deps.clock.now()),
    readPipelines(deps.db),
  ]);
  const shown = all.map((one) => vacancySection(say, pipelines, one));
  const body = shown.length > 0 ? shown : html`<p>${say('client.progress.none')}</p>`;
  return memberShell(deps, { member, say, page: 'progress', token, body });
};

/** One vacancy: its numbers, and how many stand at each stage, as bars. */
function vacancySection(say: Say, pipelines: Pipeline[], progress: Progress): Html {
  const { vacancy, open } = progress;
  const lines = progressLines(progress).map(({ key, params }) => html`<li>${say(key, params)}</li>`);
  const counts = countStages(
    open,
    ({ stage }) => stage,
    (application) => say.label(stageName(pipelines, application)),
  );
  const bars = counts.map(
    ([name, count]) =>
      html`<li style="--share:${count / open.length}"><span>${name}</span> <b>${count}</b></li>`,
  );
  return html`<section aria-labelledby="v-${vacancy._id}">
    <h2 id="v-${vacancy._id}">${say.label({ words: vacancy.title })}</h2>
    <ul>
      ${lines}
    </ul>
    <ol class="bars">
      ${bars}
    </ol>
  </section>`;
}
