import type { z } from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import { type Found, type FoundLead, SourceError } from '../source.ts';
import type { HhClient } from './hhClient.ts';
import { type HhCursor, isNew, keepSeen, openCursor, writeCursor } from './hhCursor.ts';
import { HhFault } from './hhFault.ts';
import { hhLead } from './hhLead.ts';
import {
  type HhCollection,
  hhCollections,
  hhManager,
  hhMe,
  hhPage,
  type HhResponse,
  hhResponse,
  hhVacancy,
} from './hhResponse.ts';

/** So many at a time, so that what was read is kept before the next are asked for. */
const most = 50;
/** Of one collection of a vacancy, 50 on each. */
const mostPages = 40;

/**
 * What is new on every open vacancy of the employer: undecided responses, oldest first. What could be read before a fault
 * is given, and the fault comes up again at the next read.
 *
 * @throws SourceError
 */
export async function readHh(
  hh: HhClient,
  clock: Pick<Clock, 'now'>,
  before: string | undefined,
): Promise<Found> {
  const cursor = openCursor(before);
  const leads: FoundLead[] = [];
  try {
    const vacancies = await openVacancies(hh);
    for (const id of cursor.keys()) if (!vacancies.includes(id)) cursor.delete(id);
    for (const vacancy of vacancies) {
      await readVacancy(hh, clock.now(), vacancy, cursor, leads);
      if (leads.length >= most) break;
    }
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof HhFault)) throw error;
    if (leads.length === 0) throw error instanceof SourceError ? error : new SourceError('noAnswer');
  }
  leads.sort((a, b) => a.at.getTime() - b.at.getTime());
  return { leads, cursor: writeCursor(cursor) };
}

async function readVacancy(
  hh: HhClient,
  now: number,
  vacancy: string,
  cursor: HhCursor,
  leads: FoundLead[],
): Promise<void> {
  for (const response of await newOf(hh, now, vacancy, cursor)) {
    if (leads.length >= most) return;
    leads.push(await hhLead(hh, vacancy, response));
    keepSeen(cursor, vacancy, response.id, response.created_at);
  }
}

/** One's own, and by name those of every manager who may publish: hh shows no others. */
async function openVacancies(hh: HhClient): Promise<string[]> {
  const { employer } = await hh.get('/me', hhMe);
  // Somebody who looks for work has no employer: it was connected by the wrong person.
  if (!employer) throw new SourceError('notConnected');
  const of = `/employers/${encodeURIComponent(employer.id)}`;
  const managers = await unlessForbidden(all(hh, `${of}/managers?per_page=500`, hhManager));
  const lists = (managers ?? [])
    .filter(({ vacancies_count: count }) => count !== 0)
    .map(({ id }) => `${of}/vacancies/active?manager_id=${encodeURIComponent(id)}&per_page=50`);
  const vacancies = new Set<string>();
  for (const list of [...lists, `${of}/vacancies/active?per_page=50`])
    for (const { id } of await all(hh, list, hhVacancy)) vacancies.add(id);
  return [...vacancies];
}

async function newOf(hh: HhClient, now: number, vacancy: string, cursor: HhCursor): Promise<HhResponse[]> {
  const lists = await unlessForbidden(
    hh.get(`/negotiations?vacancy_id=${encodeURIComponent(vacancy)}`, hhCollections),
  );
  const found = new Map<string, HhResponse>();
  for (const collection of lists?.collections ?? []) {
    if (collection.counters?.total === 0) continue;
    for (const one of await recent(hh, now, vacancy, collection, cursor)) found.set(one.id, one);
  }
  return [...found.values()].sort((a, b) => a.created_at - b.created_at);
}

/** The newest first where hh offers that order: then the first one that is old ends it. */
async function recent(
  hh: HhClient,
  now: number,
  vacancy: string,
  { url, order_types }: HhCollection,
  cursor: HhCursor,
): Promise<HhResponse[]> {
  const byAge = order_types?.find(({ id }) => id === 'created_at')?.url;
  const found: HhResponse[] = [];
  for (let page = 0, pages = 1; page < Math.min(pages, mostPages); page += 1) {
    const read = await hh.get(paged(byAge ?? url, page), hhPage(hhResponse));
    ({ pages } = read);
    const fresh = read.items.filter(({ id, created_at }) => isNew(cursor, vacancy, id, created_at, now));
    found.push(...fresh.filter(({ state }) => state.id === 'response'));
    if (byAge && fresh.length === 0) break;
  }
  return found;
}

function paged(address: string, page: number): string {
  const sign = address.includes('?') ? '&' : '?';
  return `${address}${sign}per_page=50&page=${page}`;
}

async function all<T extends z.ZodType>(hh: HhClient, address: string, shape: T): Promise<z.output<T>[]> {
  const found: z.output<T>[] = [];
  for (let page = 0, pages = 1; page < Math.min(pages, mostPages); page += 1) {
    const read = await hh.get(`${address}&page=${page}`, hhPage(shape));
    found.push(...read.items);
    ({ pages } = read);
  }
  return found;
}

/** hh lets this manager not see it, or it is gone by now: nothing to read there. */
async function unlessForbidden<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HhFault && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
