import { z } from 'zod';
import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { type Patched, patchPolicy, type PolicyPatch } from '../flows/policies/policyPatch.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Clock } from './clock.ts';

/** The policy of the agency as it stands, and the one door to change it. */
export interface LivePolicy {
  /** Every read gives the newest value: it may be handed on and kept. */
  policy: Policy;
  /** What differs from the default, and how often it was changed. */
  stands(): { version: number; patch: PolicyPatch };
  /** Change it for everybody, at once in this process. @param by a member's id, or `api:<key>` */
  change(patch: PolicyPatch, by: string): Promise<Patched>;
  /** Read what another process changed. */
  refresh(): Promise<void>;
  /** Be told of every change, whoever made it. */
  watch(changed: () => void): void;
}

const rowShape = z.object({ version: z.number().int(), patch: z.record(z.string(), z.unknown()) });
type Row = z.infer<typeof rowShape>;

/** How often a change is put on top again when another came first. */
const tries = 10;

/** Read the agency's changes, and keep the policy they make at hand. */
export async function openPolicy(
  db: Database,
  clock: Clock,
  log: (line: object) => void,
): Promise<LivePolicy> {
  let row: Row = { version: 0, patch: {} };
  let now: Policy = defaultPolicy;
  const watching: (() => void)[] = [];

  const read = async (): Promise<Row> => {
    const parsed = rowShape.safeParse((await db.settings.findOne({ _id: 'policy' }))?.value);
    return parsed.success ? parsed.data : { version: 0, patch: {} };
  };
  const take = (next: Row): void => {
    if (next.version === row.version) return;
    const patched = patchPolicy({}, next.patch);
    row = next;
    if (patched.ok) {
      now = patched.policy;
      for (const changed of watching) changed();
    }
    // Written by another version of the product: what stood before goes on.
    else log({ level: 'error', policy: next.version, faults: patched.faults.map(({ path }) => path) });
  };
  /** @returns false when somebody else changed it in between */
  const write = async (before: number, next: Row): Promise<boolean> => {
    try {
      const where = { _id: 'policy', ...(before > 0 && { 'value.version': before }) };
      if (before > 0) return (await db.settings.updateOne(where, { $set: { value: next } })).matchedCount > 0;
      await db.settings.insertOne({ _id: 'policy', value: next });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  };

  take(await read());
  return {
    policy: follow(() => now),
    stands: () => row,
    refresh: async () => take(await read()),
    watch: (changed) => void watching.push(changed),
    change: async (patch, by) => {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const before = await read();
        const patched = patchPolicy(before.patch, patch);
        if (!patched.ok) return patched;
        const next = { version: before.version + 1, patch: patched.patch };
        if (!(await write(before.version, next))) continue;
        take(next);
        await record(db, clock.now(), next.version, patch, by);
        return patched;
      }
      throw new Error(`the policy was changed by others ${tries} times in a row`);
    },
  };
}

/** A line of the audit log: who changed what to what. */
async function record(
  db: Database,
  at: number,
  version: number,
  patch: PolicyPatch,
  by: string,
): Promise<void> {
  await db.ledger.insertOne({
    _id: `policy:${version}`,
    kind: 'fact',
    at,
    what: 'policyChanged',
    by,
    params: { change: JSON.stringify(patch) },
  });
}

/** A policy whose every part is read when it is asked for: whoever was given it sees each change. */
function follow(now: () => Policy): Policy {
  const target = { ...now() };
  for (const name of Object.keys(target))
    Object.defineProperty(target, name, { enumerable: true, get: () => Reflect.get(now(), name) });
  return target;
}
