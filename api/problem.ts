import type { Params } from '../flows/effect.ts';
import type { RefusalCode } from '../flows/facts.ts';

/** What the API itself refuses, before anybody decides anything. */
export type ApiProblem =
  | 'badJson'
  | 'notJson'
  | 'tooLarge'
  | 'invalidRequest'
  | 'unauthorized'
  | 'readOnly'
  | 'noSuchRoute'
  | 'methodNotAllowed'
  | 'noSuchCandidate'
  | 'noSuchImport'
  | 'importBegun'
  | 'badForm'
  | 'noSuchGroup'
  | 'noPlace'
  | 'badPosting'
  | 'noSuchPosting'
  | 'postingTaken'
  | 'keyReused'
  | 'internal';

export type ProblemCode = ApiProblem | RefusalCode;

/** Why a request was not carried out. Words are added at the door, in the caller's language. */
export interface Problem {
  code: ProblemCode;
  params?: Params;
  /** Which fields are wrong, and how. */
  errors?: { path: string; message: string }[];
  /** Members of its own: the nearest windows of `slotTaken`, for example. */
  more?: Record<string, unknown>;
}

/** The status of each problem; every refusal of the core that is not listed is a conflict with how things stand. */
const statuses: Partial<Record<ProblemCode, number>> = {
  badJson: 400,
  invalidRequest: 400,
  unauthorized: 401,
  readOnly: 403,
  notAllowed: 403,
  notHost: 403,
  noSuchRoute: 404,
  noSuchApplication: 404,
  noSuchCandidate: 404,
  noSuchImport: 404,
  badForm: 400,
  badPosting: 400,
  noSuchMember: 404,
  noSuchVacancy: 404,
  noSuchPosting: 404,
  noSuchTask: 404,
  noSuchCall: 404,
  noSuchCompany: 404,
  noSuchContract: 404,
  badCompany: 400,
  noSuchGroup: 404,
  noSuchLine: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  notJson: 415,
  keyReused: 422,
  internal: 500,
};

export function problemStatus(code: ProblemCode): number {
  return statuses[code] ?? 409;
}
