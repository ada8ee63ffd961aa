/** A copy of an object that lacks the named fields. */
export function without<T extends object, K extends keyof T>(from: T, ...names: K[]): Omit<T, K> {
  const copy: Partial<T> = { ...from };
  for (const name of names) Reflect.deleteProperty(copy, name);
  return copy as Omit<T, K>;
}
