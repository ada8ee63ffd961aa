import { z } from 'zod';
import { policySchema } from '../../flows/policies/policy.ts';
import { policyPatchSchema } from '../../flows/policies/policyPatch.ts';
import type { LivePolicy } from '../../runtime/livePolicy.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';

const standing = z
  .object({
    version: z.number().int().meta({ description: 'api.field.policyVersion' }),
    policy: policySchema,
    changes: policyPatchSchema.meta({ description: 'api.field.policyChanges' }),
  })
  .meta({ id: 'Policy' });

const view = ({ policy, stands }: LivePolicy) => {
  const { version, patch } = stands();
  return { status: 200, body: { version, policy, changes: patch } };
};

const read = defineRoute({
  id: 'readPolicy',
  method: 'get',
  path: '/policy',
  tag: 'policy',
  role: 'reader',
  params: none,
  query: none,
  body: none,
  answers: { 200: standing },
  problems: [],
  handle: async ({ livePolicy }) => {
    await livePolicy.refresh();
    return view(livePolicy);
  },
});

const change = defineRoute({
  id: 'changePolicy',
  method: 'patch',
  path: '/policy',
  tag: 'policy',
  role: 'admin',
  params: none,
  query: none,
  body: policyPatchSchema,
  answers: { 200: standing },
  problems: ['notAllowed'],
  handle: async ({ db, livePolicy, words }, { body }, { by, reader, repeated }) => {
    if (repeated) return view(livePolicy);
    // On a member's behalf: only what the member may do in the chat.
    const member = by.startsWith('api:') ? undefined : await db.members.findOne({ _id: by });
    if (member && member.role !== 'head') return { problem: { code: 'notAllowed' } };
    const changed = await livePolicy.change(body, by);
    if (changed.ok) return view(livePolicy);
    const errors = changed.faults.map(({ path, message, rule }) => ({
      path,
      message: rule ? words.label(reader, { key: `staff.settings.fault.${message}`, or: message }) : message,
    }));
    return { problem: { code: 'invalidRequest', errors } };
  },
});

/** The agency's numbers, read and changed. */
export const policy: ApiRoute[] = [read, change];
