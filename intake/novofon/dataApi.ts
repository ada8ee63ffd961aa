import { z } from 'zod';
import { SourceError, type SourceFault } from '../source.ts';
import { fromAccountTime, toAccountTime } from './accountTime.ts';
import { askNovofon } from './askNovofon.ts';
import type { Call, ReadCalls } from './call.ts';
import { readPages } from './readPages.ts';

/** How many calls are asked for at once, and how often in one read. */
const page = 1_000;
const mostPages = 50;

const fields = [
  'id',
  'start_time',
  'finish_time',
  'finish_reason',
  'is_lost',
  'talk_duration',
  'contact_phone_number',
  'virtual_phone_number',
  'full_record_file_link',
];

const text = z.string().nullish();
const row = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  start_time: z.string(),
  finish_time: text,
  finish_reason: text,
  is_lost: z.boolean().nullish(),
  talk_duration: z.coerce.number().nullish(),
  contact_phone_number: text,
  virtual_phone_number: text,
  full_record_file_link: text,
});
const limits = z.object({
  limits: z.object({
    day_remaining: z.number().nullish(),
    day_reset: z.number().nullish(),
    minute_reset: z.number().nullish(),
  }),
});
const answer = z.union([
  z.object({ result: z.object({ data: z.array(row) }) }),
  z.object({
    error: z.object({
      code: z.number(),
      data: z.object({ metadata: limits.nullish().catch(null) }).nullish(),
    }),
  }),
]);

/** Groups of error codes, each with what it means for whoever reads. */
const faults: Record<number, SourceFault> = {
  [-32001]: 'wrongKey',
  [-32003]: 'notAllowed',
  [-32008]: 'paid',
  [-32009]: 'paid',
  [-32029]: 'limit',
};
/** Whom the telephony itself lets through to nobody. */
const spam = ['numa_in_black_list', 'numa_in_spam_list', 'too_many_identical_incoming_calls'];

/**
 * The calls of platform 2.0: `get.calls_report` of its Data API (JSON-RPC). Method, parameters, fields and codes are as
 * its pages have them; none of it was seen live: tried against the stand-in in `simulator/novofon`.
 */
export function makeDataApi({
  token,
  zone,
  root = 'https://dataapi-jsonrpc.novofon.ru/v2.0',
}: {
  token: string;
  zone: string;
  root?: string;
}): ReadCalls {
  const ask = async (from: Date, till: Date, offset: number) => {
    const params = {
      access_token: token,
      date_from: toAccountTime(from, zone),
      date_till: toAccountTime(till, zone),
      limit: page,
      offset,
      fields,
      filter: { field: 'direction', operator: '=', value: 'in' },
      sort: [{ field: 'start_time', order: 'asc' }],
    };
    const said = await askNovofon(root, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'get.calls_report', params }),
    });
    const parsed = answer.safeParse(said);
    if (!parsed.success) throw new SourceError('noAnswer');
    if ('result' in parsed.data) return parsed.data.result.data;
    const { code, data } = parsed.data.error;
    throw new SourceError(faults[code] ?? 'noAnswer', code === -32029 ? pauseOf(data?.metadata) : undefined);
  };
  return async (from, till) => {
    const rows = await readPages((offset) => ask(from, till, offset), { page, most: mostPages });
    return rows.flatMap((one) => callOf(one, zone) ?? []);
  };
}

function pauseOf(said: z.output<typeof limits> | null | undefined): number {
  const { day_remaining: left, day_reset: day, minute_reset: minute } = said?.limits ?? {};
  return (left === 0 ? day : minute) ?? 60;
}

function callOf(said: z.output<typeof row>, zone: string): Call | undefined {
  const startedAt = fromAccountTime(said.start_time, zone);
  if (!startedAt) return undefined;
  const talk = said.talk_duration ?? 0;
  const lost = said.is_lost ?? talk === 0;
  return {
    id: said.id,
    startedAt,
    endedAt: fromAccountTime(said.finish_time ?? '', zone) ?? new Date(startedAt.getTime() + talk * 1_000),
    ...(said.contact_phone_number && { from: said.contact_phone_number }),
    ...(said.virtual_phone_number && { to: said.virtual_phone_number }),
    ...(!lost && { talk }),
    ...(said.full_record_file_link && { record: said.full_record_file_link }),
    ...(spam.includes(said.finish_reason ?? '') && { spam: true as const }),
  };
}
