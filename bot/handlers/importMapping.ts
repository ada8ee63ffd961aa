import { importFields, importStages, manyOf, type Mapping } from '../../flows/imports/mapping.ts';
import type { TableImport } from '../../flows/imports/tableImport.ts';
import { redraw, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawChoices, drawDraft, vacanciesOf } from '../views/importDraft.ts';
import { type ImportAct, redrawImport } from './importShown.ts';

/** Changes of a table's mapping. Each names the version its screen showed: on an old screen nothing is changed. */
export const mappingActs: Record<string, ImportAct> = {
  col: choose('col'),
  sheets: choose('sheets'),
  vacs: choose('vacs'),
  vac: choose('vac'),
  stages: choose('stages'),
  stage: choose('stage'),
  dvac: choose('dvac'),
  dst: choose('dst'),
  setCol: (ctx, table, [version, column = '', index = '']) => {
    const field = importFields[Number(index)] ?? 'note';
    const columns = table.mapping.columns.map((one, at) => {
      if (at === Number(column)) return field;
      // Of most fields there is one column: the one before gives way.
      return one === field && !manyOf.has(field) ? 'note' : one;
    });
    return change(ctx, table, version, { columns }, Math.floor(Number(column) / 8));
  },
  setSheet: async (ctx, table, [version, sheet]) => {
    const next = await ctx.staff.imports.change(table._id, { sheet: Number(sheet) || 0 }, Number(version));
    await toast(ctx, next ? undefined : 'import.stale');
    await redrawImport(ctx, table._id);
  },
  setVac: async (ctx, table, [version, value = '', to = '']) => {
    const vacancy = to === 'none' || to === 'skip' ? to : (await vacanciesOf(ctx.staff.db))[Number(to)]?._id;
    const vacancies = table.mapping.vacancies.map((one, at) =>
      at === Number(value) && vacancy !== undefined ? { ...one, to: vacancy } : one,
    );
    const next = await ctx.staff.imports.change(
      table._id,
      { mapping: { ...table.mapping, vacancies } },
      Number(version),
    );
    await backToList(ctx, table, next, 'vacs', Number(value));
  },
  setStage: async (ctx, table, [version, value = '', to = '']) => {
    const stage = to === 'none' ? 'none' : importStages[Number(to)];
    const stages = table.mapping.stages.map((one, at): (typeof table.mapping.stages)[number] =>
      at === Number(value) && stage !== undefined ? { ...one, to: stage } : one,
    );
    const next = await ctx.staff.imports.change(
      table._id,
      { mapping: { ...table.mapping, stages } },
      Number(version),
    );
    await backToList(ctx, table, next, 'stages', Number(value));
  },
  setDvac: async (ctx, table, [version, to = '']) => {
    const vacancy = to === 'none' ? undefined : (await vacanciesOf(ctx.staff.db))[Number(to)]?._id;
    return change(ctx, table, version, { vacancy });
  },
  setDst: (ctx, table, [version, to = '']) =>
    change(ctx, table, version, { stage: importStages[Number(to)] ?? 'reserve' }),
};

/** Show the choices of one thing. */
function choose(what: Parameters<typeof drawChoices>[3]): ImportAct {
  return async (ctx, table, [version, at = '0']) => {
    if (table.status !== 'draft' || table.version !== Number(version)) {
      await toast(ctx, table.status === 'draft' ? 'import.stale' : 'import.gone');
      return redrawImport(ctx, table._id);
    }
    await toast(ctx);
    await redraw(ctx, await drawChoices(ctx.staff, ctx.member, table, what, Number(at) || 0));
  };
}

async function change(
  ctx: StaffContext,
  table: TableImport,
  version: string | undefined,
  set: Partial<Mapping>,
  page = 0,
): Promise<void> {
  const mapping = { ...table.mapping, ...set };
  const next = await ctx.staff.imports.change(table._id, { mapping }, Number(version));
  await toast(ctx, next ? undefined : 'import.stale');
  if (!next) return redrawImport(ctx, table._id);
  await redraw(ctx, await drawDraft(ctx.staff, ctx.member, next, page));
}

async function backToList(
  ctx: StaffContext,
  table: TableImport,
  next: TableImport | undefined,
  list: 'vacs' | 'stages',
  value: number,
): Promise<void> {
  await toast(ctx, next ? undefined : 'import.stale');
  if (!next) return redrawImport(ctx, table._id);
  await redraw(ctx, await drawChoices(ctx.staff, ctx.member, next, list, Math.floor(value / 8)));
}
