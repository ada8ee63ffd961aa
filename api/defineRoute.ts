import { z } from 'zod';
import type { Reader } from '../runtime/words.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { Problem, ProblemCode } from './problem.ts';

/** Who calls, and what the call is known by. */
export interface Caller {
  reader: Reader;
  /** Whose act it is in the history: the member named by `X-Member`, else `api:<key name>`. */
  by: string;
  /** The same for a repetition with the same `Idempotency-Key`. */
  event: string;
  /** This very request was carried out before: answer how things stand, change nothing. */
  repeated: boolean;
}

export interface Answer {
  status: number;
  body: unknown;
}

export type Outcome = Answer | { problem: Problem };

/** One route: what the server runs and what the OpenAPI document says, from the same schemas. */
export interface ApiRoute {
  /** The operationId; `api.route.<id>` in the locales is what it does. */
  id: string;
  method: 'get' | 'post' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/applications/{id}`. */
  path: string;
  tag: string;
  role: 'reader' | 'admin';
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodObject;
  /** The body comes as a form with a file, not as JSON. */
  form?: true;
  answers: Record<number, z.ZodType>;
  /** The refusals of its own, besides those of every route. */
  problems: ProblemCode[];
  /** Look at what was sent: what is wrong with it, or the work it asks for. */
  accept(raw: RawCall, lang: string): { problem: Problem } | { run: Work };
}

export type Work = (deps: ApiDeps, caller: Caller) => Promise<Outcome>;

export interface RawCall {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** For a route without parameters, query or body: anything there is an error. */
export const none = z.strictObject({});

/** Put schemas and handler together: the handler sees only what the schemas let through. */
export function defineRoute<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject>(
  route: Omit<ApiRoute, 'accept' | 'params' | 'query' | 'body'> & {
    params: P;
    query: Q;
    body: B;
    handle: (
      deps: ApiDeps,
      call: { params: z.output<P>; query: z.output<Q>; body: z.output<B> },
      caller: Caller,
    ) => Promise<Outcome>;
  },
): ApiRoute {
  const { handle, ...rest } = route;
  return {
    ...rest,
    accept: (raw, lang) => {
      const error = wording(lang);
      const params = route.params.safeParse(raw.params, { error });
      const query = route.query.safeParse(raw.query, { error });
      const body = route.body.safeParse(raw.body, { error });
      if (params.success && query.success && body.success) {
        const call = { params: params.data, query: query.data, body: body.data };
        return { run: (deps, caller) => handle(deps, call, caller) };
      }
      const errors = [params, query, body].flatMap((part) => (part.error?.issues ?? []).flatMap(faults));
      return { problem: { code: 'invalidRequest', errors } };
    },
  };
}

/** A fault for each field, an unknown one too. */
function faults(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const names = issue.code === 'unrecognized_keys' ? issue.keys.map((name) => [name]) : [[]];
  return names.map((name) => ({
    path: [...issue.path.map(String), ...name].join('.'),
    message: issue.message,
  }));
}

/** zod's own words, in the languages it has; ours are all among them. */
function wording(lang: string) {
  return (lang === 'ru' ? z.locales.ru() : z.locales.en()).localeError;
}
