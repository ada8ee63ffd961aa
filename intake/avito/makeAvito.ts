import { z } from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import { type Found, type Source, SourceError } from '../source.ts';
import { makeAvitoAnswer } from './answerAvito.ts';
import type { AvitoClient } from './avitoClient.ts';
import { leadOfResponse, readResponses, responsesShape } from './avitoResponse.ts';

const list = z.object({
  applies: z
    .array(
      z.object({ id: z.string().min(1), created_at: z.string().nullish(), updated_at: z.string().nullish() }),
    )
    .nullable(),
});
type Listed = { id: string; created: number; updated: number };

/** Responses of before that are none of ours; up to which change everything was read. Milliseconds. */
const cursorShape = z.object({ since: z.number(), upTo: z.number() });

/** How far back the first read goes: who responded yesterday may still be waiting. The hook is asked for as often. */
const aDay = 86_400_000;
/** What was changed so shortly before is read again: a list may lag behind, and clocks differ. */
const anHour = 3_600_000;
const perPage = 100;
const mostPages = 100;

/**
 * Responses on Avito. The list is asked for by the day, the newest first, a page from the last id of the page before;
 * what was changed since the last read is asked for whole, a hundred at once. A response of before we were connected
 * that changes now is none of ours.
 */
export function makeAvito({
  client,
  clock,
  hook,
  log,
}: {
  client: AvitoClient;
  clock: Pick<Clock, 'now' | 'real'>;
  hook?: { url: string; secret: string };
  log: (line: object) => void;
}): Source {
  let hookAt = 0;

  /** Without it responses are found by the next read; Avito forgets an address that did not answer for a month. */
  const keepHook = async (): Promise<void> => {
    if (!hook || clock.real() < hookAt) return;
    hookAt = clock.real() + aDay;
    try {
      const sent = { method: 'PUT' as const, json: hook };
      await client.ask(z.unknown(), '/job/v1/applications/webhook', sent);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      hookAt = clock.real() + anHour;
      log({ level: 'warn', avito: 'no hook', fault: error.why });
    }
  };

  const listFrom = async (from: number): Promise<Listed[]> => {
    const day = new Date(from).toISOString().slice(0, 10);
    const found = new Map<string, Listed>();
    let last: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const query = new URLSearchParams({ updatedAtFrom: day, ...(last !== undefined && { cursor: last }) });
      const { applies } = await client.ask(list, `/job/v1/applications/get_ids?${query.toString()}`);
      const ids = applies ?? [];
      const before = found.size;
      for (const { id, created_at: created, updated_at: updated } of ids)
        found.set(id, { id, created: timeOf(created), updated: timeOf(updated ?? created) });
      last = ids.at(-1)?.id;
      // A page that brings nothing new is the last one, however full it is.
      if (ids.length < perPage || found.size === before) return [...found.values()];
    }
    return [...found.values()];
  };

  const readWhole = async (ids: string[]): Promise<Found['leads']> => {
    const leads: Found['leads'] = [];
    for (let at = 0; at < ids.length; at += perPage) {
      const json = { ids: ids.slice(at, at + perPage) };
      const path = '/job/v1/applications/get_by_ids';
      const { applies } = await client.ask(responsesShape, path, { method: 'POST', json });
      leads.push(...readResponses(applies ?? []).map((one) => leadOfResponse(one, clock.now())));
    }
    return leads.sort((a, b) => a.at.getTime() - b.at.getTime());
  };

  return {
    name: 'avito',
    answer: makeAvitoAnswer(client),
    read: async (cursor) => {
      const now = clock.now();
      const { since, upTo } = readCursor(cursor) ?? { since: now - aDay, upTo: now - aDay };
      const listed = await listFrom(upTo - anHour);
      const fresh = listed.filter(({ created, updated }) => created >= since && updated >= upTo - anHour);
      const leads = await readWhole(fresh.map(({ id }) => id));
      await keepHook();
      // Never past now: a time of theirs that lies ahead would hide what comes.
      const latest = Math.max(upTo, ...fresh.map(({ updated }) => Math.min(updated, now)));
      return { leads, cursor: JSON.stringify({ since, upTo: latest }) };
    },
  };
}

/** One that does not say when is as new as can be: it is read rather than missed. */
function timeOf(said: string | null | undefined): number {
  const at = Date.parse(said ?? '');
  return Number.isNaN(at) ? Infinity : at;
}

function readCursor(cursor: string | undefined): z.output<typeof cursorShape> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return cursorShape.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}
