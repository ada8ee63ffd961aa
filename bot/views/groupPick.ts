import { personName } from '../../flows/personName.ts';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Group } from '../../flows/groups/group.ts';
import { mayJoinFrom } from '../../flows/groups/mayJoinFrom.ts';
import type { Member } from '../../flows/member.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Rendered } from '../../runtime/words.ts';
import { mayAct } from '../mayAct.ts';
import { speech } from '../speech.ts';
import { type GroupDeps, perPage, toGroup, turning } from './groupViews.ts';

/** Who may be asked into a group and has nothing to do with it yet, the newest application first. */
export async function candidatesFor(
  db: Database,
  member: Member,
  group: Group,
): Promise<{ candidate: Candidate; application: Application }[]> {
  const [vacancy, pipelines, people] = await Promise.all([
    db.vacancies.findOne({ _id: group.vacancy }),
    readPipelines(db),
    db.candidates.find({ 'applications.vacancy': group.vacancy, blacklisted: { $exists: false } }).toArray(),
  ]);
  return people
    .flatMap((candidate) => candidate.applications.map((application) => ({ candidate, application })))
    .filter(({ application }) => application.vacancy === group.vacancy && application.next === undefined)
    .filter(({ application }) => application.group?.id !== group._id)
    .filter(({ application }) => mayJoinFrom(pipelines, application, group.kind))
    .filter(({ application }) => mayAct(member, application, vacancy ?? undefined))
    .sort((a, b) => b.application.stageAt - a.application.stageAt);
}

/** A page of them, each to be invited or added at once. */
export async function drawPick(
  deps: GroupDeps,
  member: Member,
  group: Group,
  page: number,
): Promise<Rendered> {
  const { db, words } = deps;
  const said = speech(words, member);
  const [vacancy, pipelines, all] = await Promise.all([
    db.vacancies.findOne({ _id: group.vacancy }),
    readPipelines(db),
    candidatesFor(db, member, group),
  ]);
  const from = Math.min(page, Math.max(0, Math.ceil(all.length / perPage) - 1));
  const shown = all.slice(from * perPage, (from + 1) * perPage);
  const number = (index: number) => ({ params: { number: from * perPage + index + 1 } });
  const lines = shown.map(({ candidate, application }, index) =>
    said.text('group.staff.pickLine', {
      ...number(index).params,
      name: personName(candidate).slice(0, 60),
      stage: stageName(pipelines, application),
    }),
  );
  const rows = shown.map(({ application }, index) => [
    said.button(
      'group.staff.button.invite',
      `u:invite:${group._id}:${application.id}:${from}`,
      number(index),
    ),
    said.button('group.staff.button.seat', `u:seat:${group._id}:${application.id}:${from}`, number(index)),
  ]);
  const title =
    all.length === 0
      ? said.text('group.staff.pickNone')
      : said.text('group.staff.pick', { vacancy: { words: vacancy?.title ?? { ru: '—' } } });
  return {
    text: [title, ...lines].join('\n\n'),
    buttons: [
      ...rows,
      ...(shown.length > 1
        ? [[said.button('group.staff.button.inviteAll', `u:inviteAll:${group._id}:${from}`)]]
        : []),
      ...turning(said, `u:add:${group._id}`, from, all.length),
      [toGroup(said, group._id)],
    ],
  };
}
