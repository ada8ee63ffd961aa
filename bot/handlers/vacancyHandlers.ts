import { askCost, dropCost, showCosts } from './costActs.ts';
import { Composer } from 'grammy';
import type { Question, Rule } from '../../flows/question.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { redraw, send, toast } from '../reply.ts';
import { keepSearch } from '../search.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawCandidates } from '../views/candidateList.ts';
import {
  drawEdit,
  drawPipelineChoice,
  drawQuestions,
  drawRecruiters,
  drawVacancies,
  drawVacancy,
  mayChange,
} from '../views/vacancyViews.ts';
import { startWizard } from '../wizards/startWizard.ts';
import { proposeAfterSave, showMatches } from './matchHandlers.ts';
import { askPosting, dropPosting, showPostings } from './postingActs.ts';
import { askSource, chooseSource, giveLink, showLinks, showQr } from './linkActs.ts';

type Act = (ctx: StaffContext, vacancy: Vacancy, argument: string) => Promise<void>;

/** Vacancies: the list, one of them, and what is done with it by `v:<verb>:<vacancy>[:<argument>]`. */
export const vacancyHandlers = new Composer<StaffContext>();

vacancyHandlers.command('vacancies', async (ctx) => {
  await send(ctx, await drawVacancies(ctx.staff, ctx.member, 0));
});
vacancyHandlers.callbackQuery(/^m:vacancies(?::(\d+))?$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawVacancies(ctx.staff, ctx.member, Number(ctx.match[1] ?? 0)));
});
vacancyHandlers.callbackQuery('v:new', async (ctx) => {
  await toast(ctx);
  await startWizard(ctx, 'vacancy');
});

/** What anybody of the staff may look at. */
const looks: Record<string, Act> = {
  open: async (ctx, vacancy) => void (await redraw(ctx, await drawVacancy(ctx.staff, ctx.member, vacancy))),
  links: showLinks,
  qr: showQr,
  questions: async (ctx, vacancy) =>
    void (await redraw(ctx, drawQuestions(ctx.staff.words, ctx.member, vacancy))),
  people: async (ctx, { _id }) => {
    const search = await keepSearch(ctx, `v:${_id}`);
    await send(ctx, await drawCandidates(ctx.staff, ctx.member, search, 0));
  },
};

/** What the head and the vacancy's own recruiters may change. */
const changes: Record<string, Act> = {
  newLink: chooseSource,
  source: (ctx, vacancy, source) => giveLink(ctx, vacancy, source),
  ownSource: askSource,
  archive: (ctx, vacancy) => change(ctx, vacancy, { status: 'archived' }),
  reopen: async (ctx, vacancy) => {
    await change(ctx, vacancy, { status: 'open' });
    await proposeAfterSave(ctx, vacancy._id);
  },
  match: (ctx, vacancy) => showMatches(ctx, vacancy),
  costs: (ctx, vacancy) => showCosts(ctx, vacancy),
  postings: (ctx, vacancy) => showPostings(ctx, vacancy),
  postingNew: (ctx, vacancy) => askPosting(ctx, vacancy),
  postingOff: (ctx, vacancy, posting) => dropPosting(ctx, vacancy, posting),
  costNew: (ctx, vacancy) => askCost(ctx, vacancy),
  costOff: (ctx, vacancy, cost) => dropCost(ctx, vacancy, cost),
  edit: async (ctx, vacancy) => void (await redraw(ctx, drawEdit(ctx.staff.words, ctx.member, vacancy))),
  editing: (ctx, { _id }, field) => startWizard(ctx, 'vacancyEdit', { vacancy: _id, field }),
  qDrop: (ctx, vacancy, id) => ask(ctx, vacancy, (questions) => questions.filter((one) => one.id !== id)),
  qUp: (ctx, vacancy, id) =>
    ask(ctx, vacancy, (questions) => {
      const at = questions.findIndex((one) => one.id === id);
      const [moved] = questions.slice(at, at + 1);
      if (!moved || at === 0) return questions;
      const others = questions.filter((one) => one !== moved);
      return [...others.slice(0, at - 1), moved, ...others.slice(at - 1)];
    }),
  qMust: (ctx, vacancy, id) =>
    ask(ctx, vacancy, (questions) =>
      questions.map((one) => (one.id === id && one.rule ? { ...one, rule: turned(one.rule) } : one)),
    ),
  pipeline: async (ctx, vacancy) =>
    void (await redraw(ctx, await drawPipelineChoice(ctx.staff, ctx.member, vacancy))),
  pipe: (ctx, vacancy, pipeline) => change(ctx, vacancy, { pipeline }),
  recruiters: async (ctx, vacancy) =>
    void (await redraw(ctx, await drawRecruiters(ctx.staff, ctx.member, vacancy))),
  rec: async (ctx, vacancy, member) => {
    const on = vacancy.recruiters.includes(member);
    const recruiters = on
      ? vacancy.recruiters.filter((id) => id !== member)
      : [...vacancy.recruiters, member];
    await ctx.staff.vacancies.change(vacancy._id, { recruiters }, eventId(ctx));
    await redraw(ctx, await drawRecruiters(ctx.staff, ctx.member, { ...vacancy, recruiters }));
  },
};

vacancyHandlers.callbackQuery(/^v:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', argument = ''] = ctx.match;
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id });
  const look = Object.hasOwn(looks, verb) ? looks[verb] : undefined;
  const act = look ?? (Object.hasOwn(changes, verb) ? changes[verb] : undefined);
  if (!vacancy || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  if (!look && !mayChange(ctx.member, vacancy)) return toast(ctx, 'refusal.notAllowed', undefined, true);
  if (verb !== 'qr') await toast(ctx);
  await act(ctx, vacancy, argument);
});

/** Change the questions, and show them. Answers that were given stay under their question's id. */
async function ask(
  ctx: StaffContext,
  vacancy: Vacancy,
  change: (questions: Question[]) => Question[],
): Promise<void> {
  const questions = change(vacancy.questions);
  await ctx.staff.vacancies.change(vacancy._id, { questions }, eventId(ctx));
  await redraw(ctx, drawQuestions(ctx.staff.words, ctx.member, { ...vacancy, questions }));
}

/** A must becomes a matter of points, and the other way round. */
function turned({ knockOut, points, ...rest }: Rule): Rule {
  return knockOut ? { ...rest, points: points ?? 1 } : { ...rest, knockOut: true };
}

async function change(ctx: StaffContext, vacancy: Vacancy, set: Partial<Vacancy>): Promise<void> {
  await ctx.staff.vacancies.change(vacancy._id, set, eventId(ctx));
  await redraw(ctx, await drawVacancy(ctx.staff, ctx.member, { ...vacancy, ...set }));
}
