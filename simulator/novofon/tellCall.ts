import { accountTime } from './accountTime.ts';
import type { SimCall } from './novofon.ts';
import { sign } from './sign.ts';

interface Told {
  body: string;
  headers: Record<string, string>;
}

/** What a platform tells of a call, in the order in which it would. */
export function tellCall(call: SimCall, platform: 1 | 2, secret: string): Told[] {
  return platform === 2 ? [byTemplate(call)] : byEvents(call, secret);
}

/** Platform 2.0: whatever the template in the cabinet says, unsigned. */
function byTemplate({ id, direction, from, to, end, talk, record }: SimCall): Told {
  const fields = {
    notification_mnemonic: talk === null ? 'call_lost' : 'call_ended',
    notification_time: accountTime(end),
    call_session_id: id,
    direction,
    contact_phone_number: from,
    virtual_phone_number: to,
    talk_time_duration: talk ?? 0,
    file_link: record,
  };
  return { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } };
}

/** Platform 1.0: a form for each event, each signed by other fields. */
function byEvents({ id, direction, from, to, start, talk, record }: SimCall, secret: string): Told[] {
  if (direction === 'out') return [];
  const pbx = `in_${id}`;
  const base = {
    call_start: accountTime(start),
    pbx_call_id: pbx,
    caller_id: from ?? 'anonymous',
    called_did: to,
  };
  const signed = base.caller_id + base.called_did + base.call_start;
  const end = {
    event: 'NOTIFY_END',
    ...base,
    duration: String(talk ?? 0),
    disposition: talk === null ? 'no answer' : 'answered',
    is_recorded: record ? '1' : '0',
    ...(record && { call_id_with_rec: `${id}.1` }),
  };
  const told: [Record<string, string>, string][] = [
    [{ event: 'NOTIFY_START', ...base }, signed],
    [end, signed],
  ];
  if (record)
    told.push([{ event: 'NOTIFY_RECORD', pbx_call_id: pbx, call_id_with_rec: `${id}.1` }, `${pbx}${id}.1`]);
  return told.map(([fields, text]) => ({
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', signature: sign(text, secret) },
  }));
}
