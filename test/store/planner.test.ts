import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document } from 'bson';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileQuery } from '../../store/queries/compileQuery.ts';
import { find, sortKey, sortOf } from '../../store/queries/find.ts';
import { plan } from '../../store/queries/plan.ts';
import { matches } from '../../store/queries/query.ts';
import { Catalog } from '../../store/storage/catalog.ts';
import { Database } from '../../store/storage/database.ts';
import { indexSpec } from '../../store/storage/indexSpec.ts';
import { compileUpdate } from '../../store/updates/compileUpdate.ts';
import { Doc } from '../../store/values/value.ts';
import { writeBson } from '../../store/values/writeBson.ts';
import { toDoc } from './plain.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-plan-'));
const catalog = new Catalog(new Database(folder));
afterAll(() => {
  catalog.database.close();
  rmSync(folder, { recursive: true, force: true });
});
let made = 0;

const leaf = fc.constantFrom<unknown>(null, 0, 1, 2, 3, 1, 2, 'a', '', false, NaN, Infinity);
/** What a pattern looks at: texts, and patterns that are stored. */
const text = fc.constantFrom<unknown>('ab', 'a\0b', 'абв', 'b', /^a/, /^a/i);
const inner = fc.oneof(leaf, text, fc.record({ x: leaf, y: leaf }, { requiredKeys: [] }));
const pattern = fc.constantFrom(
  '^a',
  '^ab',
  '^ab*',
  '^ab?',
  '^a|b',
  '^(a|б)',
  '^аб',
  '^ab+',
  '^',
  'b',
  '^a\\.',
);
const value = fc.oneof({ weight: 3, arbitrary: inner }, fc.array(inner, { maxLength: 3 }));
const document = fc.record({ a: value, b: leaf, c: inner }, { requiredKeys: [] });
const path = fc.constantFrom('a', 'a', 'b', 'c', 'a.x', 'a.y', 'c.x');
const keys = fc
  .uniqueArray(path, { minLength: 1, maxLength: 3 })
  .filter((paths) => !(paths.includes('a') && paths.includes('a.x') && paths.includes('a.y')));
const index = fc
  .tuple(
    keys,
    fc.array(fc.constantFrom(1, -1), { minLength: 3, maxLength: 3 }),
    fc.constantFrom('plain', 'sparse', '$gte', '$gt'),
  )
  .map(([paths, directions, kind]): Document => ({
    key: Object.fromEntries(paths.map((name, n) => [name, directions[n]])),
    ...(kind === 'sparse'
      ? { sparse: true }
      : kind !== 'plain'
        ? { partialFilterExpression: { b: { [kind]: 1 } } }
        : {}),
  }));
/** What is asked of one element: also of several of its fields, and of fields it may not have. */
const ofElement = fc.dictionary(
  fc.constantFrom('x', 'y'),
  fc.oneof(
    leaf,
    fc.record({ $gte: leaf, $lt: leaf }),
    fc.record({ $in: fc.array(leaf, { maxLength: 3 }) }),
    fc.record({ $exists: fc.boolean() }),
    fc.record({ $elemMatch: fc.record({ x: leaf }) }),
  ),
  { minKeys: 1, maxKeys: 2 },
);
const operator = fc.oneof(
  leaf,
  fc.record({ $gt: leaf }),
  fc.record({ $gte: leaf, $lt: leaf }),
  fc.record({ $lte: leaf }),
  fc.record({ $in: fc.array(leaf, { maxLength: 3 }) }),
  fc.record({ $ne: leaf }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $regex: pattern }),
  fc.record({ $regex: pattern, $options: fc.constantFrom('i', 'm', 's') }),
  fc.record({ $not: fc.record({ $regex: pattern }) }),
  fc.record({ $type: fc.constantFrom('number', 'string', 'array') }),
  fc.record({ $not: fc.record({ $gt: leaf }) }),
  fc.record({ $elemMatch: ofElement }),
);
const fields = fc.dictionary(path, operator, { minKeys: 1, maxKeys: 3 });
const filter = fc.oneof(
  { weight: 3, arbitrary: fields },
  fc
    .tuple(fields, fc.array(fields, { minLength: 1, maxLength: 2 }))
    .map(([all, some]): Document => ({ ...all, $or: some })),
);
const sort = fc.oneof(
  fc.constant({}),
  fc.dictionary(fc.constantFrom('b', 'c', 'c.x'), fc.constantFrom(1, -1), { minKeys: 1, maxKeys: 2 }),
);

describe('what the planner finds', () => {
  test('is what a full scan finds, in the order asked for, whatever the indexes', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 12 }),
        fc.array(index, { maxLength: 3 }),
        filter,
        sort,
        fc.nat({ max: 4 }),
        fc.array(value, { maxLength: 3 }),
        (docs, indexes, wanted, order, limit, later) => {
          made += 1;
          const collection = catalog.ensure(`p.c${made}`);
          for (const [n, spec] of indexes.entries())
            collection.createIndex(indexSpec(toDoc({ ...spec, name: `i${n}` })));
          try {
            docs.forEach((doc, n) => collection.insert(toDoc({ _id: n, ...doc })));
            for (const [n, now] of later.entries()) {
              for (const stored of [
                ...find(collection, { query: compileQuery(toDoc({ _id: n })), sort: [], skip: 0, limit: 1 }),
              ]) {
                const after = new Doc(writeBson(stored.doc));
                const update = compileUpdate(toDoc({ $set: { a: now } }));
                update.apply(after, { insert: false });
                collection.replace(stored.id, stored.doc, new Doc(writeBson(after)), update.changed);
              }
            }
          } catch (error) {
            expect(error).toMatchObject({ code: 171 });
            catalog.drop(`p.c${made}`);
            return;
          }
          const query = compileQuery(toDoc(wanted));
          const by = sortOf(toDoc(order));
          const ids = (found: Iterable<{ doc: Doc }>): unknown[] =>
            [...found].map(({ doc }) => doc.get('_id'));
          const oracle = [...collection.scan()].filter(({ doc }) => matches(query, doc));
          const found = ids(find(collection, { query, sort: by, skip: 0, limit: 0 }));
          expect(found.toSorted()).toEqual(ids(oracle).toSorted());
          const keyed = (some: unknown[]): string[] =>
            some.map((id) =>
              sortKey(oracle.find(({ doc }) => doc.get('_id') === id)?.doc ?? new Doc(), by).toString('hex'),
            );
          expect(keyed(found)).toEqual(keyed(found).toSorted());
          if (limit > 0)
            expect(keyed(ids(find(collection, { query, sort: by, skip: 0, limit })))).toEqual(
              keyed(found).slice(0, limit),
            );
          catalog.drop(`p.c${made}`);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('stands in the indexes exactly as if they were made anew, whatever was written, changed and removed', () => {
    const change = fc.record({ $set: fc.dictionary(path, value, { minKeys: 1, maxKeys: 2 }) });
    const action = fc.tuple(fc.nat({ max: 5 }), fc.option(change));
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 6 }),
        fc.array(index, { minLength: 1, maxLength: 3 }),
        fc.array(action, { minLength: 1, maxLength: 5 }),
        (docs, indexes, actions) => {
          made += 1;
          const collection = catalog.ensure(`p.c${made}`);
          const make = (): void =>
            indexes.forEach((spec, n) =>
              collection.createIndex(indexSpec(toDoc({ ...spec, name: `i${n}` }))),
            );
          const content = (): unknown[] =>
            collection.indexes.map(({ sql }) =>
              catalog.database.statement(`SELECT hex(k), r FROM ${sql.table} ORDER BY k, r`).all(),
            );
          /** What would break an index changes nothing. */
          const tried = (write: () => void): void => {
            try {
              write();
            } catch (error) {
              expect(error).toHaveProperty('code', expect.toBeOneOf([171, 28, 40]));
            }
          };
          make();
          docs.forEach((doc, n) => tried(() => collection.insert(toDoc({ _id: n, ...doc }))));
          for (const [n, update] of actions) {
            const stored = [...collection.scan()][n];
            if (!stored) continue;
            tried(() => {
              if (!update) return collection.remove(stored);
              const { apply, changed } = compileUpdate(toDoc(update));
              const after = new Doc(writeBson(stored.doc));
              apply(after, { insert: false });
              collection.replace(stored.id, stored.doc, new Doc(writeBson(after)), changed);
            });
          }
          const kept = content();
          for (const made of collection.indexes.slice(1)) collection.dropIndex(made);
          make();
          expect(kept).toEqual(content());
          catalog.drop(`p.c${made}`);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('uses the index for equality with a range and its sort, and both branches of the lock query of Agenda', () => {
    const collection = catalog.ensure('p.jobs');
    collection.createIndex(
      indexSpec(toDoc({ key: { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 } })),
    );
    collection.createIndex(indexSpec(toDoc({ key: { name: 1, lockedAt: 1 } })));
    for (let n = 0; n < 300; n += 1)
      collection.insert(
        toDoc({ _id: n, name: 'j', nextRunAt: new Date(n), priority: 0, lockedAt: null, disabled: null }),
      );
    const by = sortOf(toDoc({ nextRunAt: 1, priority: -1 }));
    const range = plan(collection, compileQuery(toDoc({ name: 'j', nextRunAt: { $lte: new Date(5) } })), by);
    expect(range).toMatchObject({ kind: 'index', sorted: true, bound: 2 });
    const lock = {
      name: 'j',
      disabled: { $ne: true },
      $or: [
        { lockedAt: { $eq: null }, nextRunAt: { $lte: new Date(9) } },
        { lockedAt: { $lte: new Date(1) } },
      ],
    };
    const chosen = plan(collection, compileQuery(toDoc(lock)), by);
    expect(chosen.kind).toBe('or');
    const branches = chosen.kind === 'or' ? chosen.branches.map((branch) => branch.plan) : [];
    expect(
      branches.map((branch) => branch.kind === 'index' && [branch.index.fields[1]?.path, branch.bound]),
    ).toEqual([
      ['nextRunAt', 2],
      ['lockedAt', 2],
    ]);
  });
});

describe('an index on arrays', () => {
  const finds = (
    name: string,
    key: Document,
    docs: Document[],
    filter: Document,
    expected: unknown[],
  ): void =>
    test(name, () => {
      made += 1;
      const collection = catalog.ensure(`p.m${made}`);
      collection.createIndex(indexSpec(toDoc({ key })));
      docs.forEach((doc, n) => collection.insert(toDoc({ _id: n, ...doc })));
      const query = compileQuery(toDoc(filter));
      expect(plan(collection, query, [])).toMatchObject({ kind: 'index', index: collection.indexes[1] });
      const found = [...find(collection, { query, sort: [], skip: 0, limit: 0 })];
      expect(found.map(({ doc }) => doc.get('_id')).toSorted()).toEqual(expected);
    });
  finds(
    'lets two elements meet two ends of a range',
    { a: 1 },
    [{ a: [1, 9] }, { a: 5 }],
    { a: { $gt: 4, $lt: 6 } },
    [0, 1],
  );
  finds(
    'lets two elements meet two fields',
    { 'a.b': 1, 'a.c': 1 },
    [
      {
        a: [
          { b: 1, c: 1 },
          { b: 2, c: 2 },
        ],
      },
    ],
    { 'a.b': 1, 'a.c': 2 },
    [0],
  );
  finds(
    'is read at what a pattern begins with',
    { a: 1 },
    [{ a: ['xy', 'abc'] }, { a: ['b'] }, { a: 'ab' }, { a: 'Abc' }, {}],
    { a: { $regex: '^ab' } },
    [0, 2],
  );
  finds('gives a document once', { a: 1 }, [{ a: [1, 2, 3] }], { a: { $gte: 1 } }, [0]);
  finds(
    'knows null, missing and the empty array apart',
    { 'a.b': -1 },
    [{}, { a: [] }, { a: [{ b: null }] }, { a: [{}] }, { a: [1] }],
    { 'a.b': null },
    [0, 2, 3],
  );
  test('is read at the one key that an element asked for has', () => {
    made += 1;
    const collection = catalog.ensure(`p.x${made}`);
    // As the index on a person's chats.
    const key = { 'chats.channel': 1, 'chats.address': 1 };
    const partialFilterExpression = { 'chats.address': { $exists: true } };
    collection.createIndex(indexSpec(toDoc({ key, unique: true, partialFilterExpression })));
    const docs = [{ chats: [{ channel: 'a', address: '1' }] }, { chats: [{ channel: 'b', address: '1' }] }];
    docs.forEach((doc, n) => collection.insert(toDoc({ _id: n, ...doc })));
    const planOf = (filter: Document) => plan(collection, compileQuery(toDoc(filter)), []);
    expect(planOf({ chats: { $elemMatch: { channel: 'b', address: '1' } } })).toMatchObject({
      kind: 'index',
      bound: 2,
      ranges: [{ whole: true }],
    });
    // Said of the document, the two may be of different elements.
    expect(planOf({ 'chats.channel': 'b', 'chats.address': '1' })).toMatchObject({ kind: 'index', bound: 1 });
  });
  finds(
    'keeps what is asked of two elements apart',
    { 'a.b': 1, 'a.c': 1 },
    [
      {
        a: [
          { b: 1, c: 1 },
          { b: 2, c: 2 },
        ],
      },
    ],
    { $and: [{ a: { $elemMatch: { b: 1 } } }, { a: { $elemMatch: { c: 2 } } }] },
    [0],
  );
  finds(
    'lets two values of one element meet two ends of a range',
    { 'a.b': 1 },
    [{ a: [{ b: [1, 9] }] }, { a: [{ b: 5 }] }, { a: [{ b: 9 }] }],
    { a: { $elemMatch: { b: { $gt: 4, $lt: 6 } } } },
    [0, 1],
  );
  finds(
    'holds an array inside an array as a value',
    { a: 1 },
    [{ a: [[1, 2]] }, { a: [1, 2] }],
    { a: 1 },
    [1],
  );
});

describe('many alternatives beside one another', () => {
  test('take time by how many they are, not by two to that: a search for sixty words', () => {
    const collection = catalog.ensure('p.words');
    for (const field of ['a', 'b']) collection.createIndex(indexSpec(toDoc({ key: { [field]: 1 } })));
    for (const [n, doc] of [{ a: 1, b: 2 }, { a: 1 }, { a: 2, b: 1 }, { c: 1 }].entries())
      collection.insert(toDoc({ _id: n, ...doc }));
    const idsOf = (filter: Document) => {
      const query = compileQuery(toDoc(filter));
      return [...find(collection, { query, sort: [], skip: 0, limit: 0 })]
        .map(({ doc }) => doc.get('_id'))
        .sort();
    };
    const sixty = (one: Document) => ({ $and: Array.from({ length: 60 }, () => one) });
    expect(idsOf(sixty({ $or: [{ a: 1 }, { b: 1 }] }))).toEqual([0, 1, 2]);
    expect(idsOf(sixty({ $or: [{ c: 1 }, { d: 1 }] }))).toEqual([3]);
    expect(idsOf({ $or: Array.from({ length: 1000 }, (_none, n) => ({ a: n })) })).toEqual([0, 1, 2]);
  });
});

describe('the edges of a type', () => {
  const values = [
    NaN,
    -Infinity,
    0,
    Infinity,
    '',
    '\0',
    'a',
    '\uffff',
    false,
    true,
    new Date(-8.64e15),
    new Date(8.64e15),
    {},
    [],
  ];
  for (const direction of [1, -1]) {
    test(`are within the bounds of an index of direction ${direction}`, () => {
      made += 1;
      const collection = catalog.ensure(`p.e${made}`);
      collection.createIndex(indexSpec(toDoc({ key: { a: direction } })));
      values.forEach((a, n) => collection.insert(toDoc({ _id: n, a })));
      for (const a of values) {
        for (const name of ['$gt', '$gte', '$lt', '$lte', '$eq', '$in']) {
          const query = compileQuery(toDoc({ a: { [name]: name === '$in' ? [a] : a } }));
          const ids = (found: Iterable<{ doc: Doc }>): unknown[] =>
            [...found].map(({ doc }) => doc.get('_id')).toSorted();
          const all = [...collection.scan()].filter(({ doc }) => matches(query, doc));
          const found = find(collection, { query, sort: [], skip: 0, limit: 0 });
          expect([name, a, ids(found)]).toEqual([name, a, ids(all)]);
        }
      }
    });
  }
});

describe('unique indexes', () => {
  const unique = (name: string, spec: Document, good: Document[], bad: Document): void =>
    test(name, () => {
      made += 1;
      const collection = catalog.ensure(`p.u${made}`);
      collection.createIndex(indexSpec(toDoc({ unique: true, name: 'u', ...spec })));
      good.forEach((doc, n) => collection.insert(toDoc({ _id: n, ...doc })));
      expect(() => collection.insert(toDoc({ _id: 'bad', ...bad }))).toThrow(
        expect.objectContaining({ code: 11000 }),
      );
      expect(collection.count).toBe(good.length);
    });
  unique('refuse an equal number of another type', { key: { a: 1 } }, [{ a: 1 }, { a: '1' }], { a: 1.0 });
  unique('hold a missing field and null for one value', { key: { a: 1 } }, [{}, { a: 1 }], { a: null });
  unique(
    'reach into arrays, but not against the document itself',
    { key: { 'a.b': 1 } },
    [{ a: [{ b: 1 }, { b: 1 }] }, { a: { b: 2 } }],
    { a: [{ b: 3 }, { b: 2 }] },
  );
  unique('leave missing fields out when sparse', { key: { a: 1 }, sparse: true }, [{}, {}, { a: 1 }], {
    a: 1,
  });
  unique(
    'count only documents of their filter when partial',
    { key: { a: 1 }, partialFilterExpression: { on: true } },
    [{ a: 1 }, { a: 1, on: true }, { a: 1, on: false }],
    { a: 1, on: true },
  );
  unique(
    'compare all fields when compound',
    { key: { a: 1, b: -1 } },
    [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    { a: 1, b: 2 },
  );
});
