import { z } from 'zod';
import { SourceError } from '../source.ts';
import { fromAccountTime, toAccountTime } from './accountTime.ts';
import { askNovofon } from './askNovofon.ts';
import type { Call, ReadCalls } from './call.ts';
import { readPages } from './readPages.ts';
import { authorize } from './signature.ts';

const path = '/v1/statistics/incoming-calls/';
/** How many calls are asked for at once, and how often in one read: statistics may be asked for thrice a minute. */
const page = 1_000;
const mostPages = 3;

const value = z.union([z.string(), z.number()]).transform(String);
const row = z.object({
  id: value,
  callstart: z.string(),
  disposition: z.string(),
  billseconds: z.coerce.number().catch(0),
  from: value.nullish(),
  to: value.nullish(),
});
const answer = z.object({ status: z.literal('success'), stats: z.array(row) });

/**
 * The calls of platform 1.0: the statistics of incoming calls of its signed API. What signs it and what a row has is as its
 * own client has them; none of it was seen live: tried against the stand-in in `simulator/novofon`. Where a voice menu takes
 * every call, each counts as answered there, and records are heard in the cabinet only.
 */
export function makeUserApi({
  key,
  secret,
  zone,
  root = 'https://api.novofon.com',
}: {
  key: string;
  secret: string;
  zone: string;
  root?: string;
}): ReadCalls {
  const ask = async (from: Date, till: Date, skip: number) => {
    const query = new URLSearchParams({
      end: toAccountTime(till, zone),
      format: 'json',
      limit: String(page),
      skip: String(skip),
      start: toAccountTime(from, zone),
    }).toString();
    const authorization = authorize(path, query, { key, secret });
    const said = await askNovofon(`${root}${path}?${query}`, { headers: { authorization } });
    const parsed = answer.safeParse(said);
    if (!parsed.success) throw new SourceError('noAnswer');
    return parsed.data.stats;
  };
  return async (from, till) => {
    const rows = await readPages((skip) => ask(from, till, skip), { page, most: mostPages });
    const calls = rows.flatMap((one) => callOf(one, zone) ?? []);
    return calls.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  };
}

function callOf(said: z.output<typeof row>, zone: string): Call | undefined {
  const startedAt = fromAccountTime(said.callstart, zone);
  if (!startedAt) return undefined;
  const answered = said.disposition === 'answered';
  return {
    id: said.id,
    startedAt,
    endedAt: new Date(startedAt.getTime() + said.billseconds * 1_000),
    ...(said.from && { from: said.from }),
    ...(said.to && { to: said.to }),
    ...(answered && { talk: said.billseconds }),
  };
}
