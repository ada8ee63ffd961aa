import { z } from 'zod';
import { defaultPolicy } from './defaultPolicy.ts';
import { type Policy, policySchema } from './policy.ts';

/** Changes of an agency over the default policy, as JSON Merge Patch has it: `null` means "as it was shipped". */
export type PolicyPatch = Record<string, unknown>;

/** What is wrong with a change: where, and a code under `staff.settings.fault` or zod's own words. */
export interface PolicyFault {
  path: string;
  message: string;
  /** A rule between values; `message` is its code then. */
  rule: boolean;
}

export type Patched = { ok: true; policy: Policy; patch: PolicyPatch } | { ok: false; faults: PolicyFault[] };

/** The schema of a change: every part of the policy may be left out, or be `null`. */
export const policyPatchSchema = patchOf(policySchema);

function patchOf(schema: z.ZodObject): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(schema.shape).map(([name, inner]) => [
        name,
        z.optional(z.nullable(inner instanceof z.ZodObject ? patchOf(inner) : inner)),
      ]),
    ),
  );
}

/** Put a change on top of the changes there are, and look whether the whole is a policy. */
export function patchPolicy(before: PolicyPatch, change: PolicyPatch): Patched {
  const patch = merge(before, change, true);
  const parsed = policySchema.safeParse(merge(defaultPolicy, patch, false));
  if (parsed.success) return { ok: true, policy: parsed.data, patch };
  const faults = parsed.error.issues.map(({ path, message, code }) => ({
    path: path.map(String).join('.'),
    message,
    rule: code === 'custom',
  }));
  return { ok: false, faults };
}

/** RFC 7396. With `drop`, names that came to be empty are left out: nothing is changed there. */
function merge(base: object, change: object, drop: boolean): Record<string, unknown> {
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [name, value] of Object.entries(change)) {
    const before = merged.get(name);
    const next = isRecord(value) ? merge(isRecord(before) ? before : {}, value, drop) : value;
    const empty = drop && isRecord(next) && Object.keys(next).length === 0;
    if (next === null || empty) merged.delete(name);
    else merged.set(name, next);
  }
  return Object.fromEntries(merged);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path like `slot.minutes`; undefined when nothing does. */
export function valueAt(tree: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined), tree);
}

/** A change of one value: `slot.minutes` and 30 give `{ slot: { minutes: 30 } }`. */
export function changeAt(path: string, value: unknown): PolicyPatch {
  const [last = '', ...rest] = path.split('.').reverse();
  return rest.reduce<PolicyPatch>((inner, name) => ({ [name]: inner }), { [last]: value });
}
