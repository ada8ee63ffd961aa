import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, type Document } from 'bson';
import { describe, expect, test } from 'vitest';
import { compileQuery } from '../../store/queries/compileQuery.ts';
import { matches } from '../../store/queries/query.ts';
import { toDoc } from './plain.ts';

const id = new ObjectId();
const day = new Date(Date.UTC(2026, 0, 1));

/** Filter, documents that pass, documents that do not. https://www.mongodb.com/docs/manual/reference/mql/query-predicates/ */
const TABLE: [Document, Document[], Document[]][] = [
  [
    { a: 1 },
    [
      { a: 1 },
      { a: new Double(1) },
      { a: Long.fromNumber(1) },
      { a: Decimal128.fromString('1.0') },
      { a: [2, 1] },
    ],
    [{ a: '1' }, { a: true }, { a: [[1]] }, {}],
  ],
  [{ a: null }, [{}, { a: null }, { a: [1, null] }], [{ a: 0 }, { a: [] }, { a: '' }]],
  [
    { 'a.b': null },
    [{}, { a: 1 }, { a: {} }, { a: [{ b: 1 }, {}] }],
    [{ a: [] }, { a: [1, 2] }, { a: { b: 1 } }],
  ],
  [{ a: { $ne: null } }, [{ a: 1 }, { a: [] }], [{}, { a: null }, { a: [null] }]],
  [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
  [{ a: { b: 1, c: 2 } }, [{ a: { b: 1, c: 2 } }], [{ a: { c: 2, b: 1 } }, { a: { b: 1 } }]],
  [{ a: {} }, [{ a: {} }, { a: [{}] }], [{ a: { b: 1 } }, {}]],
  [
    { a: { $gt: 1 } },
    [{ a: 2 }, { a: [0, 2] }, { a: new Double(1.5) }],
    [{ a: 1 }, { a: '2' }, { a: null }, {}, { a: NaN }],
  ],
  [{ a: { $gte: null } }, [{}, { a: null }], [{ a: 1 }]],
  [{ a: { $lt: 'b' } }, [{ a: 'a' }, { a: '' }], [{ a: 1 }, { a: 'b' }]],
  [{ a: { $gt: new MinKey() } }, [{ a: 1 }, { a: 'x' }, {}], [{ a: new MinKey() }]],
  [{ a: { $lt: new MaxKey() } }, [{ a: 1 }, {}], [{ a: new MaxKey() }]],
  [{ a: { $gte: NaN } }, [{ a: NaN }], [{ a: 1 }]],
  [{ a: { $gt: day } }, [{ a: new Date(+day + 1) }], [{ a: day }, { a: +day + 1 }]],
  [{ a: id }, [{ a: id }, { a: [id] }], [{ a: id.toHexString() }]],
  [
    { a: new Binary(Buffer.from('x')) },
    [{ a: new Binary(Buffer.from('x')) }],
    [{ a: new Binary(Buffer.from('x'), 4) }, { a: 'x' }],
  ],
  [
    { a: Long.fromString('9007199254740993') },
    [{ a: Long.fromString('9007199254740993') }],
    [{ a: new Double(9007199254740992) }],
  ],
  [{ a: { $gt: 1, $lt: 3 } }, [{ a: 2 }, { a: [0, 5] }], [{ a: 3 }, { a: [0, 0.5] }]],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [{ a: [0, 2] }], [{ a: [0, 5] }, { a: 2 }]],
  [
    { a: { $elemMatch: { b: 1, c: 2 } } },
    [{ a: [{ b: 1, c: 2 }] }],
    [{ a: [{ b: 1 }, { c: 2 }] }, { a: { b: 1, c: 2 } }],
  ],
  // https://www.mongodb.com/docs/manual/reference/database-references/ : a DBRef's fields inside an array
  [{ a: { $elemMatch: { $id: 1 } } }, [{ a: [{ $ref: 'x', $id: 1 }] }], [{ a: [{ $ref: 'x', $id: 2 }] }]],
  [{ 'a.b': 1, 'a.c': 2 }, [{ a: [{ b: 1 }, { c: 2 }] }], [{ a: [{ b: 1 }] }]],
  [{ 'a.0': 1 }, [{ a: [1, 2] }, { a: { 0: 1 } }], [{ a: [2, 1] }, { a: [[1]] }]],
  [{ 'a.1.b': 1 }, [{ a: [0, { b: 1 }] }, { a: [{ 1: { b: 1 } }] }], [{ a: [{ b: 1 }] }]],
  [{ a: { $in: [1, null, /^x/] } }, [{ a: 1 }, {}, { a: 'xy' }, { a: [3, 1] }], [{ a: 2 }, { a: 'yx' }]],
  [{ a: { $nin: [1, 2] } }, [{ a: 3 }, {}, { a: [] }], [{ a: [3, 2] }]],
  [{ a: { $exists: true } }, [{ a: null }, { a: [] }], [{}]],
  [{ 'a.b': { $exists: false } }, [{}, { a: [] }, { a: 1 }], [{ a: [{ b: 1 }, {}] }]],
  [{ a: { $type: 'number' } }, [{ a: 1 }, { a: [1] }, { a: Long.fromNumber(1) }], [{ a: '1' }, {}]],
  [{ a: { $type: 'array' } }, [{ a: [] }, { a: [[1]] }], [{ a: 1 }]],
  [{ a: { $size: 2 } }, [{ a: [1, 2] }], [{ a: [1] }, { a: 2 }]],
  [
    { a: { $mod: [4, 1] } },
    [{ a: 5 }, { a: new Double(5.9) }, { a: [2, 9] }],
    [{ a: 4 }, { a: '5' }, { a: NaN }],
  ],
  [{ a: { $all: [1, 2] } }, [{ a: [2, 3, 1] }], [{ a: [1] }]],
  [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }]],
  [{ a: { $all: [] } }, [], [{ a: [] }, {}]],
  [
    { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
    [{ a: [{ b: 1 }, { b: 2 }] }],
    [{ a: [{ b: 1 }] }],
  ],
  [{ a: { $not: { $gt: 1 } } }, [{ a: 1 }, {}, { a: 'x' }], [{ a: [0, 2] }]],
  [{ $nor: [{ a: 1 }, { b: 1 }] }, [{}, { a: 2 }], [{ a: 1 }, { b: 1 }]],
  [{ $or: [{ a: 1 }, { $and: [{ b: 1 }, { c: 1 }] }] }, [{ a: 1 }, { b: 1, c: 1 }], [{ b: 1 }]],
  [{ a: /^AB/i }, [{ a: 'abc' }, { a: ['x', 'aB'] }], [{ a: 'xab' }, { a: 1 }]],
  [{ a: { $regex: 'a.c$' } }, [{ a: 'abc' }, { a: 'abc\n' }], [{ a: 'a\nc' }, { a: 'abcd' }]],
  [{ a: { $regex: '^b', $options: 'm' } }, [{ a: 'a\nb' }], [{ a: 'ab' }]],
  [{ a: { $eq: 'x' } }, [{ a: 'x' }], [{ a: 'X' }, { a: 'xx' }]],
];

describe('the matcher gives the documented results', () => {
  for (const [filter, pass, fail] of TABLE) {
    test(JSON.stringify(filter), () => {
      const query = compileQuery(toDoc(filter));
      expect(pass.filter((doc) => !matches(query, toDoc(doc)))).toEqual([]);
      expect(fail.filter((doc) => matches(query, toDoc(doc)))).toEqual([]);
    });
  }
});

/** Filters that are refused, with MongoDB's number, or 238 for what is not done here. */
const REFUSED: [Document, number][] = [
  [{ $foo: 1 }, 2],
  [{ $id: 1 }, 2],
  [{ a: { $foo: 1 } }, 2],
  [{ $or: [] }, 2],
  [{ a: { $in: 1 } }, 2],
  [{ a: { $regex: 'a\0b' } }, 2],
  [{ a: { $regex: 'a'.repeat(32_762) } }, 51091],
  [{ a: { $ne: /x/ } }, 2],
  [{ a: { $size: -1 } }, 2],
  [{ a: { $mod: [0, 1] } }, 2],
  [{ a: { $type: 'nope' } }, 2],
  [{ a: { $not: 1 } }, 2],
  [{ a: { $regex: '(' } }, 51091],
  [{ a: { $regex: '(?i)x' } }, 238],
  [{ a: { $near: [1, 2] } }, 238],
  [{ $where: 'true' }, 238],
];

describe('the matcher refuses', () => {
  for (const [filter, code] of REFUSED) {
    test(`${JSON.stringify(filter)} with ${code}`, () => {
      expect(() => compileQuery(toDoc(filter))).toThrow(expect.objectContaining({ code }));
    });
  }
});
