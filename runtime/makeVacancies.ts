import type { Cost } from '../flows/costs/costs.ts';
import type { Params } from '../flows/effect.ts';
import type { Question } from '../flows/question.ts';
import { type Posting, postingKey } from '../flows/sites/posting.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { insertNew, isDuplicate } from '../models/databaseErrors.ts';
import type { Clock } from './clock.ts';
import type { Places } from './makePlaces.ts';

/** What is changed; `places` as undefined takes the limit off, `company` the company. */
export type VacancyChange = Omit<Partial<Vacancy>, '_id' | 'places' | 'company'> & {
  places?: number | undefined;
  company?: string | undefined;
};

/** The one door through which members make and change vacancies. Everything is safe to repeat with the same id. */
export interface Vacancies {
  /** Keep a new one; the same again changes nothing. */
  add(vacancy: Vacancy): Promise<void>;
  /**
   * Change some of it. A new number of places may close it, or open it again.
   *
   * @param id of the event that asks for it
   */
  change(vacancy: string, set: VacancyChange, id: string): Promise<void>;
  /** Put down what was spent, once. */
  addCost(vacancy: string, cost: Cost): Promise<void>;
  /** It was put down by mistake. */
  dropCost(vacancy: string, cost: string, by: string): Promise<void>;
  /**
   * Put one of its ads, or its number, on it. One that stands on a vacancy that is closed is moved.
   *
   * @param id of the event that asks for it
   * @returns the open vacancy that has it, if it is another
   */
  addPosting(vacancy: string, posting: Posting, by: string, id: string): Promise<Vacancy | undefined>;
  /** The same, whoever has it. */
  movePosting(vacancy: string, posting: Posting, by: string, id: string): Promise<void>;
  dropPosting(vacancy: string, posting: Posting, by: string, id: string): Promise<void>;
  /** Put a question on it, once. */
  addQuestion(vacancy: string, question: Question): Promise<void>;
}

export function makeVacancies({
  db,
  clock,
  places,
  look,
}: {
  db: Database;
  clock: Clock;
  places: Places;
  /** Clients whose access may end or come back by it. */
  look: (clients: (string | undefined)[]) => Promise<void>;
}): Vacancies {
  /** A line of the audit log. */
  const note = (_id: string, what: string, by: string, params: Params) =>
    insertNew(db.ledger, [{ _id, kind: 'fact', at: clock.now(), what, by, params }]);
  /** @param from which others it is taken off */
  const putPosting = async (
    _id: string,
    posting: Posting,
    from: Pick<Partial<Vacancy>, 'status'>,
    by: string,
    id: string,
  ): Promise<void> => {
    const others = { ...from, _id: { $ne: _id }, postings: { $elemMatch: posting } };
    await db.vacancies.updateMany(others, { $pull: { postings: posting } });
    await db.vacancies.updateOne({ _id }, { $addToSet: { postings: posting } });
    await note(`${id}:posting`, 'postingPut', by, { posting: postingKey(posting), vacancy: _id });
  };
  return {
    add: async (vacancy) => {
      try {
        await db.vacancies.insertOne(vacancy);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      await look([vacancy.client]);
    },
    change: async (_id, change, id) => {
      const { status, places: count, company, ...set } = change;
      const before = await db.vacancies.findOne({ _id });
      const $set = {
        ...set,
        ...(count !== undefined && { places: count }),
        ...(company !== undefined && { company }),
      };
      if (Object.keys($set).length > 0) await db.vacancies.updateOne({ _id }, { $set });
      const free = 'places' in change && count === undefined;
      if (free) await db.vacancies.updateOne({ _id }, { $unset: { places: 1 } });
      const alone = 'company' in change && company === undefined;
      if (alone) await db.vacancies.updateOne({ _id }, { $unset: { company: 1 } });
      if (status === 'open') await places.reopen(_id, id);
      // By hand: it does not open by itself when a place is free again.
      if (status === 'archived')
        await db.vacancies.updateOne({ _id }, { $set: { status }, $unset: { turned: 1 } });
      if ('places' in change) await places.settle(_id, id);
      if (status || 'client' in change) await look([before?.client, change.client]);
    },
    addCost: async (_id, cost) => {
      const once = { _id, 'costs.id': { $ne: cost.id } };
      await db.vacancies.updateOne(once, { $push: { costs: cost } });
      const { amount, currency, what } = cost;
      await note(`cost:${cost.id}`, 'costAdded', cost.by, { amount, currency, what, vacancy: _id });
    },
    dropCost: async (_id, cost, by) => {
      const there = (await db.vacancies.findOne({ _id }))?.costs?.find(({ id }) => id === cost);
      if (!there) return;
      await db.vacancies.updateOne({ _id }, { $pull: { costs: { id: cost } } });
      const { amount, currency, what } = there;
      await note(`cost:${cost}:off`, 'costDropped', by, { amount, currency, what, vacancy: _id });
    },
    addPosting: async (_id, posting, by, id) => {
      const has = { postings: { $elemMatch: posting } };
      const other = await db.vacancies.findOne(has);
      if (other && other._id !== _id && other.status === 'open') return other;
      try {
        await putPosting(_id, posting, { status: 'archived' }, by, id);
        return undefined;
      } catch (error) {
        // Somebody was faster with another vacancy.
        if (!isDuplicate(error)) throw error;
        return (await db.vacancies.findOne(has)) ?? undefined;
      }
    },
    movePosting: (_id, posting, by, id) => putPosting(_id, posting, {}, by, id),
    dropPosting: async (_id, posting, by, id) => {
      await db.vacancies.updateOne({ _id }, { $pull: { postings: posting } });
      const params = { posting: postingKey(posting), vacancy: _id };
      await note(`${id}:posting`, 'postingDropped', by, params);
    },
    addQuestion: async (_id, question) => {
      const once = { _id, 'questions.id': { $ne: question.id } };
      await db.vacancies.updateOne(once, { $push: { questions: question } });
    },
  };
}
