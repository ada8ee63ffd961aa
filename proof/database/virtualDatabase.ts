import type { Database } from '../../models/database.ts';
import { countWrites } from '../../models/countWrites.ts';
import { indexes } from '../../models/indexes.ts';
import { makeMemory, type Memory, type Observe, type Unique } from './memory.ts';
import { makeRangeIndex } from './rangeIndex.ts';
import { type Border, virtualCollection } from './virtualCollection.ts';

/** What is kept, whoever lives: each process looks at it through a border of its own. */
export interface VirtualDatabase {
  memory: Record<Name, Memory>;
  through(border: Border): Database;
}

const names = [
  'candidates',
  'vacancies',
  'members',
  'inbox',
  'ledger',
  'timers',
  'slots',
  'openings',
  'groups',
  'lanes',
  'links',
  'pipelines',
  'invites',
  'keys',
  'places',
  'processes',
  'templates',
  'topics',
  'broadcasts',
  'settings',
  'sessions',
  'clientCalls',
  'companies',
  'attachments',
  'pieces',
  'choices',
  'windows',
  'imports',
  'importRows',
  'sources',
  'found',
  'postings',
] as const;
export type Name = (typeof names)[number];

/** Those of `models/indexes.ts` that are asked for a span of their last field, by its first if it has two. */
const ranges: Partial<Record<Name, [equal: string | undefined, range: string]>> = {
  timers: ['status', 'due'],
  slots: ['interviewer', 'start'],
  groups: [undefined, 'start'],
  inbox: [undefined, 'at'],
};

/** Those whose writes `models/database.ts` counts. */
const counted = new Set<Name>(['candidates', 'vacancies', 'members', 'openings', 'groups', 'pipelines']);

/**
 * Every collection of the product in memory, with the indexes that `models/indexes.ts` asks for.
 *
 * @param scanned told of each question that no index bounds: all documents of the collection were looked at
 */
export function makeVirtualDatabase(
  observe: Partial<Record<Name, Observe>>,
  scanned: (name: Name, filter: object) => void = () => undefined,
): VirtualDatabase {
  const memory = Object.fromEntries(
    names.map((name) => {
      const list = indexes[name] ?? [];
      const uniques: Unique[] = list
        .filter(({ options }) => options?.unique)
        .map(({ fields, options }) => ({
          fields: Object.keys(fields).map((field) => field.split('.')),
          sparse: options?.sparse === true || options?.partialFilterExpression !== undefined,
        }));
      const paths = list.map(({ fields }) => leading(Object.keys(fields)));
      const [equal, range] = ranges[name] ?? [];
      const ranged = range === undefined ? undefined : makeRangeIndex(equal, range);
      return [
        name,
        makeMemory(name, [...new Set(paths)], uniques, observe[name] ?? (() => undefined), ranged, (filter) =>
          scanned(name, filter),
        ),
      ];
    }),
  ) as Record<Name, Memory>;
  return {
    memory,
    through: (border) => {
      const collections = names.map((name) => {
        const collection = virtualCollection(name, memory[name], border);
        return [name, counted.has(name) ? countWrites(collection) : collection];
      });
      const close = () => Promise.resolve();
      // The driver's type has a hundred methods; whatever is not known here is missing at run time, and throws.
      return { ...Object.fromEntries(collections), close } as unknown as Database;
    },
  };
}

/** The field an index is looked up by: the address of a chat says more than its channel. */
function leading(fields: string[]): string {
  return fields.length > 1 && fields[0]?.endsWith('.channel') ? (fields[1] ?? '') : (fields[0] ?? '');
}
