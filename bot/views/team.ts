import { DateTime } from 'luxon';
import type { Application } from '../../flows/candidate.ts';
import { hasTask } from '../../flows/hasTask.ts';
import { hostOf } from '../../flows/groups/hostOf.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import { countStages } from '../../flows/pipelines/countStages.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Clock } from '../../runtime/clock.ts';
import { escapeHtml, type Rendered, type Words } from '../../runtime/words.ts';
import { readCallTasks } from '../../models/readCallTasks.ts';
import { readWork } from '../../models/readWork.ts';
import { type Speech, speech } from '../speech.ts';

/** The head's view of everybody's work: leads, what is late, interviews, and by stage whoever somebody works with. */
export async function drawTeam(
  { db, clock, words, policy }: { db: Database; clock: Clock; words: Words; policy: Policy },
  head: Member,
): Promise<Rendered> {
  const said = speech(words, head);
  const now = clock.now();
  const day = DateTime.fromMillis(now, { zone: head.zone });
  const week = day.startOf('week');
  const pipelines = await readPipelines(db);
  const [applications, members, calls] = await Promise.all([
    readWork(db, pipelines, week.toMillis(), week.plus({ weeks: 1 }).toMillis()),
    db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray(),
    readCallTasks(db, policy, now),
  ]);
  const within = (start: number, unit: 'day' | 'week') =>
    start >= day.startOf(unit).toMillis() && start <= day.endOf(unit).toMillis();
  const blocks = members.map((member) => {
    const own = applications.filter(({ recruiter, stage }) => recruiter === member._id && isOpen(stage));
    const tasks = [
      ...applications
        .flatMap((one) => one.tasks)
        .filter((task) => hasTask(task, member._id) && task.done === undefined),
      ...calls.filter(({ call }) => call.manager === member._id).map(({ task }) => task),
    ];
    const starts = applications.flatMap(({ interview }) =>
      interview !== undefined && hostOf(interview) === member._id ? [interview.start] : [],
    );
    return said.text('staff.team.member', {
      name: member.name,
      role: { key: `staff.role.${member.role}` },
      leads: own.filter(({ taken }) => taken === undefined).length,
      late: tasks.filter(({ due }) => due < now).length,
      tasks: tasks.length,
      today: starts.filter((start) => within(start, 'day')).length,
      week: starts.filter((start) => within(start, 'week')).length,
      stages: { lines: [byStage(said, pipelines, own) || '—'] },
    });
  });
  const nobody = applications.filter(({ recruiter, stage }) => !recruiter && isOpen(stage)).length;
  return {
    text: [
      said.text('staff.team.title'),
      ...blocks.slice(0, 14),
      ...(nobody > 0 ? [said.text('staff.team.nobody', { count: nobody })] : []),
    ].join('\n\n'),
    buttons: [
      [said.button('staff.button.refresh', 'm:team'), said.button('invite.button.list', 'mb:list:0')],
    ],
  };
}

/** How many applications stand in each stage, in the pipeline's order; what an agency added comes last. */
export function byStage(
  said: Speech,
  pipelines: readonly Pipeline[],
  applications: Pick<Application, 'stage' | 'pipeline'>[],
): string {
  const named = countStages(
    applications,
    ({ stage }) => stage,
    (application) => said.label(stageName(pipelines, application)),
  );
  return named.map(([name, count]) => `${escapeHtml(name)} ${count}`).join(', ');
}
