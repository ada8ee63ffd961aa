import type { Lexicon } from '../flows/facts.ts';
import { cityKey } from '../flows/matching/keepPool.ts';
import { positionKeys } from '../flows/matching/position.ts';
import { type Match, rank } from '../flows/matching/rank.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';

/** At most so many people are looked at: the newest of those who did such work, else of those who live there. */
const [byPosition, byCity] = [400, 200];
/** With fewer of the profession the neighbours are looked at, too. */
const few = 50;

/**
 * Who of the base and the reserve a vacancy may be offered to, the likeliest first. One indexed read, a second one
 * when hardly anybody did such work; what is read does not grow with the base.
 */
export async function findMatches(
  deps: { db: Database; clock: Clock; policy: Policy; lexicon: Lexicon[] },
  vacancy: Vacancy,
): Promise<Match[]> {
  const { db, clock, policy, lexicon } = deps;
  const among = (keys: string[], limit: number) =>
    keys.length === 0
      ? Promise.resolve([])
      : db.candidates
          .find({ 'pool.keys': { $in: keys } })
          .sort({ 'pool.at': -1 })
          .limit(limit)
          .toArray();
  const [vacancies, workers] = await Promise.all([
    db.vacancies.find().toArray(),
    among(positionKeys(vacancy), byPosition),
  ]);
  const neighbours = workers.length < few ? await among(citiesOf(vacancy, lexicon), byCity) : [];
  const people = new Map([...workers, ...neighbours].map((person) => [person._id, person]));
  return rank(vacancy, [...people.values()], { vacancies, lexicon, policy, now: clock.now() });
}

/** The cities a vacancy is in: those its portrait asks for, and those its address and lines name. */
function citiesOf({ questions, address, text }: Vacancy, lexicon: Lexicon[]): string[] {
  const asked = questions.find(({ kind }) => kind === 'city')?.rule?.expect ?? [];
  const said =
    [address, ...Object.values(text)]
      .join('\n')
      .toLowerCase()
      .match(/[\p{L}-]+/gu) ?? [];
  const there = new Set(said);
  const known = lexicon.flatMap(({ cities }) => cities.flatMap(({ names }) => names));
  return [...new Set([...asked, ...known.filter((name) => there.has(name))].map(cityKey))];
}
