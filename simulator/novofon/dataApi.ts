import { type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { accountTime, fromAccountTime } from './accountTime.ts';
import { account, type NovofonFaultKind, type SimCall } from './novofon.ts';

const fields = {
  id: ({ id }: SimCall) => id,
  start_time: ({ start }: SimCall) => accountTime(start),
  finish_time: ({ end }: SimCall) => accountTime(end),
  finish_reason: ({ reason }: SimCall) => reason,
  direction: ({ direction }: SimCall) => direction,
  is_lost: ({ talk }: SimCall) => talk === null,
  talk_duration: ({ talk }: SimCall) => talk ?? 0,
  contact_phone_number: ({ from }: SimCall) => from,
  virtual_phone_number: ({ to }: SimCall) => to,
  full_record_file_link: ({ record }: SimCall) => record,
};
type Field = keyof typeof fields;
const names = Object.keys(fields) as [Field, ...Field[]];

const moment = z.string().transform((text, context) => {
  const at = fromAccountTime(text);
  if (at === undefined) context.addIssue('not a time');
  return at ?? 0;
});
const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.record(z.string(), z.unknown()),
});
const report = z.strictObject({
  access_token: z.string(),
  date_from: moment,
  date_till: moment,
  limit: z.number().int().min(1).max(10_000).default(1_000),
  offset: z.number().int().min(0).max(100_000).default(0),
  fields: z.array(z.enum(names)).default(names),
  filter: z
    .strictObject({
      field: z.literal('direction'),
      operator: z.literal('='),
      value: z.enum(['in', 'out']),
    })
    .optional(),
  sort: z
    .array(z.strictObject({ field: z.literal('start_time'), order: z.enum(['asc', 'desc']).default('asc') }))
    .default([]),
});

/** A report takes a stretch of three months at most. */
const longest = 92 * 86_400_000;
const limits = {
  day_limit: 20_000,
  day_remaining: 100,
  day_reset: 3_600,
  minute_limit: 300,
  minute_remaining: 0,
  minute_reset: 7,
};

/** `get.calls_report`; an error is a status of 200 too. */
export function dataApi(
  { novofon, world }: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  body: string,
  fault: NovofonFaultKind | undefined,
): void {
  const refuse = (code: number, mnemonic: string, id: unknown = null) =>
    sendJson(res, 200, {
      jsonrpc: '2.0',
      id,
      error: { code, message: mnemonic, data: { mnemonic, metadata: { limits } } },
    });
  if (req.method !== 'POST') return refuse(-32600, 'invalid_request');
  const asked = request.safeParse(json(body));
  if (!asked.success) return refuse(-32700, 'parse_error');
  const { id, method, params } = asked.data;
  if (method !== 'get.calls_report') return refuse(-32601, 'method_not_found', id);
  if (fault === 'not-whitelisted') return refuse(-32003, 'ip_not_whitelisted', id);
  if (fault === 'wrong-key' || params.access_token !== account.token)
    return refuse(-32001, 'access_token_invalid', id);
  if (fault === 'no-money') return refuse(-32009, 'account_inactive', id);
  if (fault === 'too-many') return refuse(-32029, 'limit_exceeded', id);
  const read = report.safeParse(params);
  if (!read.success) return refuse(-32602, 'invalid_parameter_value', id);
  const { date_from: from, date_till: till, limit, offset, filter, sort } = read.data;
  if (till - from > longest) return refuse(-32602, 'date_interval_limit_reached', id);
  if (fault === 'odd') return sendJson(res, 200, { jsonrpc: '2.0', id, result: { data: [{ id: null }] } });
  const found = novofon
    .shown(world.clock.now(), from, till)
    .filter(({ direction }) => !filter || direction === filter.value);
  if (sort[0]?.order === 'desc') found.reverse();
  const data = found
    .slice(offset, offset + limit)
    .map((call) => Object.fromEntries(read.data.fields.map((name) => [name, fields[name](call)])));
  sendJson(res, 200, {
    jsonrpc: '2.0',
    id,
    result: { data, metadata: { limits, total_items: found.length } },
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
