import { z } from 'zod';
import { mappingSchema } from '../../flows/imports/mapping.ts';
import { id, moment } from './common.ts';

const count = z.number();

const counts = z.object({
  made: count,
  joined: count,
  repeated: count,
  problem: count,
  passed: count,
  applications: count,
  tasks: count,
  meetings: count,
  doubtful: count,
  alike: count,
  undone: count,
  kept: count,
});

/** A table on its way into the base; `plan` is what a dry run says. */
export const importSchema = z
  .object({
    id,
    status: z
      .enum(['draft', 'running', 'stopped', 'done', 'undoing', 'undone'])
      .meta({ description: 'api.field.importStatus' }),
    by: z.string(),
    file: z.string(),
    createdAt: moment,
    endedAt: moment.optional(),
    sheets: z.array(z.string()),
    sheet: z.number(),
    headings: z.array(z.string()),
    rows: z.number(),
    mapping: mappingSchema.meta({ description: 'api.field.mapping' }),
    counts: counts.meta({ description: 'api.field.importCounts' }),
    plan: counts.optional().meta({ description: 'api.field.importPlan' }),
  })
  .meta({ id: 'Import' });
