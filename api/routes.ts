import type { ApiRoute } from './defineRoute.ts';
import { acts } from './routes/acts.ts';
import { applications } from './routes/applications.ts';
import { audit } from './routes/audit.ts';
import { booking } from './routes/booking.ts';
import { callActs } from './routes/callActs.ts';
import { candidates } from './routes/candidates.ts';
import { clientCalls } from './routes/clientCalls.ts';
import { companies } from './routes/companies.ts';
import { companyReads } from './routes/companyReads.ts';
import { companyCosts } from './routes/companyCosts.ts';
import { costs } from './routes/costs.ts';
import { duplicates } from './routes/duplicates.ts';
import { groups } from './routes/groups.ts';
import { imports } from './routes/imports.ts';
import { interviews } from './routes/interviews.ts';
import { leads } from './routes/leads.ts';
import { line } from './routes/line.ts';
import { matches } from './routes/matches.ts';
import { members } from './routes/members.ts';
import { messages } from './routes/messages.ts';
import { pipelines } from './routes/pipelines.ts';
import { policy } from './routes/policy.ts';
import { postings } from './routes/postings.ts';
import { sites } from './routes/sites.ts';
import { taskActs } from './routes/taskActs.ts';
import { vacancies } from './routes/vacancies.ts';

/** Every route under `/api/v1`, in the order of the documentation. */
export const routes: ApiRoute[] = [
  ...vacancies,
  ...costs,
  ...sites,
  ...postings,
  ...companyReads,
  ...companies,
  ...companyCosts,
  ...matches,
  ...line,
  ...duplicates,
  ...candidates,
  ...leads,
  ...imports,
  ...applications,
  ...acts,
  ...callActs,
  ...taskActs,
  ...interviews,
  ...booking,
  ...groups,
  ...messages,
  ...clientCalls,
  ...members,
  ...policy,
  ...pipelines,
  ...audit,
];
