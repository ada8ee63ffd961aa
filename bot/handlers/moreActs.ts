import type { Stage } from '../../flows/candidate.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';
import { titleOf } from '../views/titleOf.ts';
import { movesOf, specOf } from '../../flows/pipelines/specOf.ts';
import { stageName, taskName } from '../../flows/pipelines/stageName.ts';
import { isOpen, isStage } from '../../flows/pipelines/stages.ts';
import { toast } from '../reply.ts';
import { showCard, type SubMenu } from '../showCard.ts';
import { inRows } from '../speech.ts';
import { actAndShow } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';

/** Stages that have a way of their own on the card: they ask for a time, a reason, or a yes. */
const elsewhere = new Set<Stage>(['interview', 'refused', 'blacklist']);

/** Telegram takes a hundred buttons. */
const mostVacancies = 90;

/** Where terms of a hire are spoken of. */
const hiring = new Set<Stage>(['clientInterview', 'offer', 'starting', 'work', 'hired']);

/** What is behind "More": the stage by hand, other vacancies, tasks, other applications of the person. */
export const moreActs: CardHandlers = {
  more: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, moreMenu(await vacanciesById(ctx.staff.db)));
  },
  stage: async (ctx, id, ...rest) => {
    const stage = rest.join(':');
    const chosen = isStage(stage) ? stage : undefined;
    if (!chosen) return void (await showCard(ctx, id));
    await actAndShow(ctx, id, { type: 'move', stage: chosen }, 'moved');
  },
  attach: async (ctx, id, vacancy) => {
    if (vacancy) {
      if (!(await actAndShow(ctx, id, { type: 'attach', vacancy }, 'attached'))) return;
      const person = await ctx.staff.db.candidates.findOne({ 'applications.id': id });
      const added = person?.applications.findLast((one) => one.vacancy === vacancy);
      return void (added && (await showCard(ctx, added.id, undefined, 'new')));
    }
    const open = await ctx.staff.db.vacancies.find({ status: 'open' }).sort({ createdAt: -1 }).toArray();
    await toast(ctx);
    await showCard(ctx, id, ({ speech, application, candidate }) => {
      const others = open.filter(
        ({ _id }) => !candidate.applications.some((one) => one.vacancy === _id && isOpen(one.stage)),
      );
      return {
        question: speech.text(others.length > 0 ? 'staff.ask.attach' : 'staff.ask.nowhereToAttach'),
        rows: others.slice(0, mostVacancies).map(({ _id, title }) => [
          {
            label: ctx.staff.words.label(ctx.member, { words: title }),
            data: `s:attach:${application.id}:${_id}`,
          },
        ]),
      };
    });
  },
};

const moreMenu =
  (vacancies: Map<string, Vacancy>): SubMenu =>
  ({ speech, application, candidate, pipelines, reader }) => {
    const { id } = application;
    const all = movesOf(pipelines, application);
    // Outcomes stand on the card itself; behind "More" is what may be done besides.
    const moves = specOf(pipelines, application).moves.filter(
      (to) => !elsewhere.has(to) && to !== 'withdrawn',
    );
    const grave = all.filter((to) => to === 'refused' || to === 'blacklist');
    const tasks = application.tasks.filter(({ done }) => done === undefined);
    const others = candidate.applications.filter((one) => one.id !== id).slice(-2);
    return {
      question: speech.text('staff.ask.more'),
      rows: [
        ...inRows(
          [
            ...moves.map((to) =>
              speech.button('staff.button.to', `s:stage:${id}:${to}`, {
                params: { stage: stageName(pipelines, application, to) },
              }),
            ),
            ...grave.map((to) =>
              speech.button('staff.button.to', `s:${to === 'refused' ? 'refuse' : 'blacklist'}:${id}`, {
                style: 'danger',
                params: { stage: stageName(pipelines, application, to) },
              }),
            ),
          ],
          2,
        ),
        ...tasks.slice(0, 2).map((task) => [
          speech.button('staff.button.task', `tk:open:${id}:${task.id}`, {
            params: { task: taskName(pipelines, application, task) },
          }),
        ]),
        ...inRows(
          [
            ...(hiring.has(application.stage) ? [speech.button('costs.button.hire', `s:hire:${id}`)] : []),
            speech.button('staff.button.attach', `s:attach:${id}`),
            ...(isOpen(application.stage) || application.stage === 'reserve'
              ? [speech.button('group.staff.button.toGroup', `s:group:${id}`)]
              : []),
            ...(candidate.name === undefined ? [] : [speech.button('staff.button.name', `s:name:${id}`)]),
            ...(all.includes('withdrawn') ? [speech.button('staff.button.detach', `s:detach:${id}`)] : []),
          ],
          2,
        ),
        ...(reader.role === 'head' ? [[speech.button('forget.staff.button.ask', `s:forget:${id}`)]] : []),
        ...others.map((one) => [
          speech.button('staff.button.otherApplication', `s:back:${one.id}`, {
            params: { vacancy: titleOf(vacancies, one.vacancy), stage: stageName(pipelines, one) },
          }),
        ]),
      ],
    };
  };
