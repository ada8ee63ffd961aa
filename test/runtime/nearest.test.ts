import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeNearest } from '../../runtime/nearest.ts';

test('what is due comes up in its order, moved and dropped ones as they stand', () => {
  const act = fc.record({ key: fc.integer({ min: 0, max: 20 }), due: fc.option(fc.nat(100)) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), fc.nat(110), (acts, until) => {
      const nearest = makeNearest<number>();
      const plain = new Map<number, number>();
      for (const { key, due } of acts) {
        if (due === null) {
          nearest.drop(String(key));
          plain.delete(key);
        } else {
          nearest.put(String(key), due, due);
          plain.set(key, due);
        }
      }
      const all = [...plain.values()].sort((a, b) => a - b);
      expect(nearest.next()).toBe(all[0]);
      expect(nearest.take(until)).toEqual(all.filter((due) => due <= until));
      expect(nearest.size()).toBe(all.filter((due) => due > until).length);
    }),
  );
});
