import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from '../../proof/mutants/mutants.ts';

test.each(mutants)('the planted defect "$name" fits the source', ({ file, find, replace }) => {
  const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(source).toContain(find);
  expect(source.replace(find, () => replace)).not.toBe(source);
});
