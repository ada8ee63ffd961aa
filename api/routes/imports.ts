import { z } from 'zod';
import { mappingSchema } from '../../flows/imports/mapping.ts';
import type { TableImport } from '../../flows/imports/tableImport.ts';
import type { Plan } from '../../runtime/imports.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { Upload } from '../readUpload.ts';
import { byId } from '../schemas/common.ts';
import { importSchema } from '../schemas/importSchema.ts';
import { toIso } from '../toIso.ts';

/** A mapping in a form is JSON. */
const mappingText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' });
      return z.NEVER;
    }
  })
  .pipe(mappingSchema);

const create = defineRoute({
  id: 'createImport',
  method: 'post',
  path: '/imports',
  tag: 'imports',
  role: 'admin',
  form: true,
  params: none,
  query: none,
  body: z.strictObject({
    file: z
      .instanceof(Upload)
      .meta({ type: 'string', format: 'binary', description: 'api.field.importFile' }),
    mapping: mappingText.optional().meta({ type: 'string', description: 'api.field.mapping' }),
    dryRun: z.enum(['true', 'false']).default('true').meta({ description: 'api.field.dryRun' }),
  }),
  answers: { 201: importSchema },
  problems: ['badForm', 'importBegun'],
  handle: async (deps, { body: { file, mapping, dryRun } }, { by, event, reader }) => {
    const { imports, words } = deps;
    const opened = await imports.open(by, file, event);
    if (!opened.ok) {
      const message = words.label(reader, { key: `import.fault.${opened.fault}` });
      return { problem: { code: 'invalidRequest', errors: [{ path: 'file', message }] } };
    }
    const { _id: id } = opened.import;
    if (mapping && opened.import.status === 'draft') await imports.change(id, { mapping });
    const plan = await imports.check(id);
    if (dryRun === 'false') await imports.begin(id);
    return answer(deps, id, 201, plan);
  },
});

const read = defineRoute({
  id: 'readImport',
  method: 'get',
  path: '/imports/{id}',
  tag: 'imports',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: importSchema },
  problems: ['noSuchImport'],
  handle: (deps, { params: { id } }) => answer(deps, id, 200),
});

const turn = (name: string, go: (deps: ApiDeps, id: string) => Promise<boolean>): ApiRoute =>
  defineRoute({
    id: `${name}Import`,
    method: 'post',
    path: `/imports/{id}/${name}`,
    tag: 'imports',
    role: 'admin',
    params: byId,
    query: none,
    body: none,
    answers: { 200: importSchema },
    problems: ['noSuchImport', 'importBegun'],
    handle: async (deps, { params: { id } }, { repeated }: Caller) => {
      const there = await deps.db.imports.findOne({ _id: id });
      if (!there) return { problem: { code: 'noSuchImport' } };
      if (!repeated && !(await go(deps, id))) return { problem: { code: 'importBegun' } };
      return answer(deps, id, 200);
    },
  });

const result = defineRoute({
  id: 'readImportResult',
  method: 'get',
  path: '/imports/{id}/result',
  tag: 'imports',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: {
    200: z.object({ name: z.string(), csv: z.string().meta({ description: 'api.field.importResult' }) }),
  },
  problems: ['noSuchImport'],
  handle: async ({ db, files }, { params: { id } }) => {
    const table = await db.imports.findOne({ _id: id });
    if (!table?.result) return { problem: { code: 'noSuchImport' } };
    const { bytes, name } = await files.read(table.result);
    return { status: 200, body: { name, csv: new TextDecoder().decode(bytes) } };
  },
});

async function answer(
  { db }: Pick<ApiDeps, 'db'>,
  id: string,
  status: number,
  plan?: Plan,
): Promise<Outcome> {
  const table = await db.imports.findOne({ _id: id });
  return table ? { status, body: view(table, plan) } : { problem: { code: 'noSuchImport' } };
}

function view(table: TableImport, plan?: Plan): z.output<typeof importSchema> {
  const {
    _id: id,
    status,
    by,
    file,
    createdAt,
    endedAt,
    sheets,
    sheet,
    layout,
    rows,
    mapping,
    counts,
  } = table;
  return {
    id,
    status,
    by,
    file: file.name,
    createdAt: toIso(createdAt),
    endedAt: endedAt === undefined ? undefined : toIso(endedAt),
    sheets,
    sheet,
    headings: layout.headings,
    rows,
    mapping,
    counts,
    plan: plan?.counts,
  };
}

/** Tables: tried, brought in, taken back. */
export const imports: ApiRoute[] = [
  create,
  read,
  turn('begin', (deps, id) => deps.imports.begin(id)),
  turn('undo', (deps, id) => deps.imports.undo(id)),
  result,
];
