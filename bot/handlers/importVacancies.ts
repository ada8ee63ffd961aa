import { createHash } from 'node:crypto';
import type { TableImport } from '../../flows/imports/tableImport.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { unknownVacancies } from '../views/importPlan.ts';
import type { ImportAct } from './importShown.ts';

/**
 * The vacancies a table names and we do not have, made in the archive: no candidate sees them until somebody has filled
 * them in and opened them. The same table makes each once, however often it is pressed.
 *
 * @param then what is shown afterwards
 */
export function makeVacancies(then: (ctx: StaffContext, table: TableImport) => Promise<void>): ImportAct {
  return async (ctx, table, [version]) => {
    const { imports, vacancies: door } = ctx.staff;
    if (table.status !== 'draft' || table.version !== Number(version)) {
      await toast(ctx, table.status === 'draft' ? 'import.stale' : 'import.gone');
      return then(ctx, table);
    }
    const made = await Promise.all(
      unknownVacancies(table).map(async (value) => ({ value, draft: await draftOf(ctx, table, value) })),
    );
    for (const { draft } of made) await door.add(draft);
    const vacancies = table.mapping.vacancies.map(
      (one) =>
        made.flatMap(({ value, draft }) => (value === one.value ? [{ value, to: draft._id }] : []))[0] ?? one,
    );
    const next = await imports.change(table._id, { mapping: { ...table.mapping, vacancies } }, table.version);
    await toast(ctx, next ? 'import.toast.vacancies' : 'import.stale', undefined, next !== undefined);
    await then(ctx, next ?? table);
  };
}

async function draftOf(
  { staff, member }: StaffContext,
  { _id }: TableImport,
  value: string,
): Promise<Vacancy> {
  const title = { ru: value.charAt(0).toUpperCase() + value.slice(1, 80) };
  const recruiters =
    member.role === 'recruiter'
      ? [member]
      : await staff.db.members.find({ active: true, role: 'recruiter' }).toArray();
  return {
    _id: createHash('sha256').update(`${_id}:${value}`).digest('hex').slice(0, 10),
    status: 'archived',
    title,
    text: title,
    questions: [],
    formats: ['phone'],
    interviewers: [member._id],
    recruiters: recruiters.map((one) => one._id),
    autoInvite: false,
    createdAt: staff.clock.now(),
  };
}
