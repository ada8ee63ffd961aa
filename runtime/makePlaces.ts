import type { CountPlaces } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { mayBeTurnedAway, placeStages } from '../flows/places/fillsPlace.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { TurnAway, Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';
import type { Incoming } from './makeInbox.ts';

type Turned = NonNullable<Vacancy['turned']>;

/** The places of the vacancies: when the last is filled a vacancy closes, when one is free again it opens. */
export interface Places {
  /** After somebody began or ended their work. Safe to repeat. @returns what its candidate's recruiters are told */
  count(effect: CountPlaces): Promise<Event[]>;
  /** After the number of places was changed by hand. @returns whether the vacancy turned */
  settle(vacancy: string, id: string): Promise<Turned['to'] | undefined>;
  /** A member opens a vacancy again: those who were turned away and not told yet are back. */
  reopen(vacancy: string, id: string): Promise<void>;
}

/** How many people are looked at with one question. */
const page = 200;

export function makePlaces(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  /** Store events for their candidates; the work follows by itself. */
  defer: (items: Incoming[]) => Promise<void>;
  /** A client whose vacancy turned. */
  turned: (client: string | undefined) => Promise<void>;
}): Places {
  const { db, clock, policy, defer } = deps;

  /** People, not cards: in the middle of a joining one stands on two. */
  const filled = async (vacancy: string): Promise<number> => {
    const stage = { $in: [...placeStages] };
    const has = { $elemMatch: { vacancy, stage, oldHire: { $exists: false } } };
    const only = { projection: { _id: 1, 'merged.into': 1 } };
    const found = await db.candidates.find({ applications: has }, only).toArray();
    return new Set(found.map(({ _id, merged }) => merged?.into ?? _id)).size;
  };

  /** One write turns it, once; the same id again finds it turned. */
  const turn = async (id: string, vacancy: Vacancy, to: Turned['to'], then: TurnAway): Promise<boolean> => {
    if (vacancy.turned?.id === id) return vacancy.turned.to === to;
    const turned: Turned = { id, at: clock.now(), to, then, told: false };
    const [before, after] =
      to === 'filled' ? (['open', 'archived'] as const) : (['archived', 'open'] as const);
    const where = {
      _id: vacancy._id,
      status: before,
      ...(to === 'open' && { 'turned.to': 'filled' as const }),
    };
    const { matchedCount } = await db.vacancies.updateOne(where, { $set: { status: after, turned } });
    return matchedCount > 0;
  };

  /** Tell the others, a page at a time; a crash in between begins anew, and each event is known by its id. */
  const tellOthers = async (vacancy: string, { id, to, then }: Turned): Promise<void> => {
    for (let after = ''; ;) {
      const people = await db.candidates
        .find({ 'applications.vacancy': vacancy, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(page)
        .toArray();
      const items = people.flatMap(({ _id, applications }) =>
        applications.flatMap((one): Incoming[] => {
          if (one.vacancy !== vacancy) return [];
          const base = { id: `${id}:${to}:${one.id}`, application: one.id, by: 'bot' };
          const event: Event | undefined =
            to === 'open'
              ? one.undo?.act === 'placeTaken'
                ? { ...base, type: 'placeFree' }
                : undefined
              : isOpen(one.stage) && mayBeTurnedAway(one.stage)
                ? { ...base, type: 'placeTaken', then }
                : undefined;
          return event ? [{ id: base.id, candidate: _id, event }] : [];
        }),
      );
      if (items.length > 0) await defer(items);
      const last = people.at(-1);
      if (!last || people.length < page) break;
      after = last._id;
    }
    await db.vacancies.updateOne({ _id: vacancy, 'turned.id': id }, { $set: { 'turned.told': true } });
  };

  const settle = async (id: string, of: string, may: { close: boolean; open: boolean }) => {
    const vacancy = await db.vacancies.findOne({ _id: of });
    if (!vacancy) return undefined;
    const again = vacancy.turned?.id === id ? vacancy.turned.to : undefined;
    const { places } = vacancy;
    const full = places !== undefined && (await filled(of)) >= places;
    const to = again ?? (full && may.close ? 'filled' : !full && may.open ? 'open' : undefined);
    if (!to || !(await turn(id, vacancy, to, policy.placeTaken))) return undefined;
    const turned = (await db.vacancies.findOne({ _id: of }))?.turned;
    if (turned?.id !== id) return undefined;
    if (!turned.told) await tellOthers(of, turned);
    await deps.turned(vacancy.client);
    return { ...turned, places: places ?? 0 };
  };

  return {
    count: async ({ key, application, vacancy, freed }) => {
      const turned = await settle(key, vacancy, { close: !freed, open: freed });
      if (!turned) return [];
      const { to, then, places } = turned;
      return [{ id: `turned:${key}`, type: 'placesTurned', application, to, then, places }];
    },
    settle: async (vacancy, id) => (await settle(id, vacancy, { close: true, open: true }))?.to,
    reopen: async (of, id) => {
      const vacancy = await db.vacancies.findOne({ _id: of });
      if (!vacancy) return;
      const turned: Turned =
        vacancy.turned?.id === id
          ? vacancy.turned
          : { id, at: clock.now(), to: 'open', then: policy.placeTaken, told: false };
      await db.vacancies.updateOne({ _id: of }, { $set: { status: 'open', turned } });
      if (!turned.told) await tellOthers(of, turned);
    },
  };
}
