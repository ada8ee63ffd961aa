import type { Question } from '../flows/question.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Places } from './makePlaces.ts';

/** What is changed; `places` as undefined takes the limit off. */
export type VacancyChange = Omit<Partial<Vacancy>, '_id' | 'places'> & { places?: number | undefined };

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
  /** Put a question on it, once. */
  addQuestion(vacancy: string, question: Question): Promise<void>;
}

export function makeVacancies({
  db,
  places,
  changed,
}: {
  db: Database;
  places: Places;
  /** What is remembered of them is old: the next decision reads them anew. */
  changed: () => void;
}): Vacancies {
  const door: Vacancies = {
    add: async (vacancy) => {
      try {
        await db.vacancies.insertOne(vacancy);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    change: async (_id, change, id) => {
      const { status, places: count, ...set } = change;
      const $set = { ...set, ...(count !== undefined && { places: count }) };
      if (Object.keys($set).length > 0) await db.vacancies.updateOne({ _id }, { $set });
      const free = 'places' in change && count === undefined;
      if (free) await db.vacancies.updateOne({ _id }, { $unset: { places: 1 } });
      if (status === 'open') await places.reopen(_id, id);
      // By hand: it does not open by itself when a place is free again.
      if (status === 'archived')
        await db.vacancies.updateOne({ _id }, { $set: { status }, $unset: { turned: 1 } });
      if ('places' in change) await places.settle(_id, id);
    },
    addQuestion: async (_id, question) => {
      const once = { _id, 'questions.id': { $ne: question.id } };
      await db.vacancies.updateOne(once, { $push: { questions: question } });
    },
  };
  return {
    add: (vacancy) => door.add(vacancy).finally(changed),
    change: (vacancy, set, id) => door.change(vacancy, set, id).finally(changed),
    addQuestion: (vacancy, question) => door.addQuestion(vacancy, question).finally(changed),
  };
}
