import { DateTime } from 'luxon';
import type { Application, Stage } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import { stages } from '../../flows/policies/stages.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';

/** The head's view of everybody's work: leads, what is late, interviews, and candidates by stage. */
export async function drawTeam(
  { db, clock, words }: { db: Database; clock: Clock; words: Words },
  head: Member,
): Promise<Rendered> {
  const said = speech(words, head);
  const now = clock.now();
  const [people, members] = await Promise.all([
    db.candidates
      .find({ 'applications.0': { $exists: true } })
      .project<{ applications: Application[] }>({ applications: 1 })
      .toArray(),
    db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray(),
  ]);
  const applications = people.flatMap((person) => person.applications);
  const day = DateTime.fromMillis(now, { zone: head.zone });
  const within = (start: number, unit: 'day' | 'week') =>
    start >= day.startOf(unit).toMillis() && start <= day.endOf(unit).toMillis();
  const blocks = members.map((member) => {
    const own = applications.filter(({ recruiter }) => recruiter === member._id);
    const tasks = applications
      .flatMap((one) => one.tasks)
      .filter((task) => task.member === member._id && task.done === undefined);
    const starts = applications.flatMap(({ interview }) =>
      interview?.interviewer === member._id ? [interview.start] : [],
    );
    return said.text('staff.team.member', {
      name: member.name,
      role: { key: `staff.role.${member.role}` },
      leads: own.filter(({ taken, stage }) => taken === undefined && stages[stage].open).length,
      late: tasks.filter(({ due }) => due < now).length,
      tasks: tasks.length,
      today: starts.filter((start) => within(start, 'day')).length,
      week: starts.filter((start) => within(start, 'week')).length,
      stages: { lines: [byStage(own, (stage) => said.text(`staff.stage.${stage}`)) || '—'] },
    });
  });
  const nobody = applications.filter(({ recruiter, stage }) => !recruiter && stages[stage].open).length;
  return {
    text: [
      said.text('staff.team.title'),
      ...blocks.slice(0, 14),
      ...(nobody > 0 ? [said.text('staff.team.nobody', { count: nobody })] : []),
    ].join('\n\n'),
    buttons: [[said.button('staff.button.refresh', 'm:team')]],
  };
}

/** How many applications stand in each stage, in the pipeline's order. */
export function byStage(applications: Pick<Application, 'stage'>[], name: (stage: Stage) => string): string {
  const counts = new Map<Stage, number>();
  for (const { stage } of applications) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return Object.keys(stages)
    .filter((stage): stage is Stage => stage in stages)
    .flatMap((stage) => (counts.has(stage) ? [`${name(stage)} ${counts.get(stage)}`] : []))
    .join(', ');
}
