/**
 * What every text begins with that a pattern can match, where the pattern says so from its first letter on: `^ab+c` is
 * `a`. Empty where it does not, or not plainly.
 * https://www.mongodb.com/docs/manual/reference/operator/query/regex/#index-use
 *
 * @param options with `i` letters stand for others, with `m` the pattern may begin in another line
 */
export function startOf(pattern: string, options: string): string {
  if (!pattern.startsWith('^') || /[im]/.test(options) || pattern.includes('|')) return '';
  const [start = ''] = /^[^\\^$.*+?()[\]{}]*/.exec(pattern.slice(1)) ?? [];
  // What is repeated may be there not at all.
  const repeated = /^[*?{]/.test(pattern.slice(1 + start.length));
  return repeated ? [...start].slice(0, -1).join('') : start;
}
