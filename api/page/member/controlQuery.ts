import { z } from 'zod';
import { hasTask } from '../../../flows/hasTask.ts';
import type { Control, Deal } from '../../../runtime/readControl.ts';
import { linkTo } from './linkTo.ts';

/** How the manager of a deal that nobody has is asked for. */
export const nobody = '-';

const word = z.string().max(200).catch('');
/** What is asked of the control page, as its address says it; nonsense is nothing. */
export const controlQuery = z.object({
  /** A member's id, or `nobody`. */
  manager: word,
  /** A vacancy's id. */
  vacancy: word,
  /** A stage as the reader's language calls it: the same word in two pipelines is one stage to whoever reads. */
  stage: word,
  late: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ControlQuery = z.output<typeof controlQuery>;

/** The address of the page with something else asked of it. A change of anything begins at the first page again. */
export function controlLink(path: string, query: ControlQuery, change: Partial<ControlQuery>): string {
  const { page, ...words } = { ...query, page: 1, ...change };
  return linkTo(path, { ...words, page: page > 1 ? String(page) : undefined });
}

/** Those of the deals that are asked for. @param stageOf what a deal's stage is called */
export function asked(
  { deals, loads }: Control,
  query: ControlQuery,
  stageOf: (deal: Deal) => string,
  now: number,
): Deal[] {
  const { manager, vacancy, stage, late } = query;
  const team = new Set(loads.map(({ member }) => member._id));
  return deals.filter(
    (deal) =>
      isOf(deal, manager, team) &&
      (vacancy === '' || deal.application.vacancy === vacancy) &&
      (stage === '' || stageOf(deal) === stage) &&
      (late === undefined || deal.tasks.some((task) => task.due < now && isTaskOf(task, manager))),
  );
}

/** Those of the calls with clients that are asked for: they have no vacancy and no stage. */
export function askedCalls({ calls }: Control, query: ControlQuery, now: number): Control['calls'] {
  const { manager, vacancy, stage, late } = query;
  if (vacancy !== '' || stage !== '') return [];
  return calls.filter(
    ({ call, task }) =>
      (manager === '' || call.manager === manager) && (late === undefined || task.due < now),
  );
}

/** A manager's are the deals they lead, and those of which a task is theirs; nobody's also those of whoever has left. */
function isOf({ application, tasks }: Deal, manager: string, team: Set<string>): boolean {
  if (manager === nobody) return application.recruiter === undefined || !team.has(application.recruiter);
  return manager === '' || application.recruiter === manager || tasks.some((task) => hasTask(task, manager));
}

function isTaskOf(task: Deal['tasks'][number], manager: string): boolean {
  return manager === '' || manager === nobody || hasTask(task, manager);
}
