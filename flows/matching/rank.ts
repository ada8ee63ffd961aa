import type { Application, Candidate } from '../candidate.ts';
import type { Params } from '../effect.ts';
import type { Lexicon } from '../facts.ts';
import { answerShown } from '../answerShown.ts';
import { named } from '../named.ts';
import type { Policy } from '../policies/policy.ts';
import { fitsQuestion } from '../fitsQuestion.ts';
import { fitsRule } from '../score.ts';
import type { Vacancy } from '../vacancy.ts';
import { isFree } from './keepPool.ts';
import { samePosition } from './position.ts';
import { recalled } from './recall.ts';
import { payIn, placesIn, schedulesIn } from './terms.ts';

/** Why somebody may fit, or what speaks against it; its words are `match.reason.<kind>`. */
export interface Reason {
  kind: keyof typeof weights;
  params?: Params;
}

/** Somebody a vacancy may be offered to. */
export interface Match {
  candidate: Candidate;
  points: number;
  reasons: Reason[];
}

/** How much a reason counts. What is below zero speaks against. */
const weights = {
  position: 20,
  approved: 20,
  portrait: 15,
  answer: 10,
  answerNot: -15,
  pay: 15,
  payNot: -20,
  schedule: 10,
  place: 10,
  city: 10,
  reserve: 5,
  refusedBefore: -10,
} as const;

/** Fewer points are no reason to write to anybody. */
const enough = 20;
/** Points lost with every month since they were last heard of, at most so many. */
const [perMonth, mostLost] = [1, 10];
const month = 30 * 86_400_000;
const day = 86_400_000;

export interface RankWith {
  vacancies: Vacancy[];
  lexicon: Lexicon[];
  policy: Pick<Policy, 'refusal' | 'match'>;
  now: number;
}

/** Who of these people fits a vacancy, the likeliest first. Nobody who must not be written to is among them. */
export function rank(vacancy: Vacancy, people: Candidate[], using: RankWith): Match[] {
  return people
    .filter((person) => mayOffer(person, vacancy, using))
    .flatMap((candidate): Match[] => {
      const reasons = reasonsOf(vacancy, candidate, using);
      if (!reasons) return [];
      const weight = reasons.reduce((sum, { kind }) => sum + weights[kind], 0);
      const months = Math.floor((using.now - (candidate.pool?.at ?? candidate.createdAt)) / month);
      return [{ candidate, reasons, points: weight - Math.min(Math.max(months * perMonth, 0), mostLost) }];
    })
    .filter(({ points }) => points >= enough)
    .sort((a, b) => b.points - a.points || (a.candidate._id < b.candidate._id ? -1 : 1));
}

/** May this vacancy be offered to them at all, now? */
function mayOffer(person: Candidate, vacancy: Vacancy, { policy, now }: RankWith): boolean {
  if (!isFree(person)) return false;
  const offers = person.offers ?? [];
  if (offers.some((offer) => offer.vacancy === vacancy._id)) return false;
  if (offers.some(({ at }) => at > now - policy.match.pauseDays * day)) return false;
  const here = person.applications.findLast((one) => one.vacancy === vacancy._id);
  const { refusal } = here ?? {};
  if (here?.stage !== 'refused' || !refusal) return true;
  return refusal.messageSent === true && refusal.at + policy.refusal.againDays * day <= now;
}

/** Everything that speaks for and against; undefined when an answer of theirs rules it out. */
export function reasonsOf(vacancy: Vacancy, person: Candidate, using: RankWith): Reason[] | undefined {
  const answers = answerReasons(vacancy, person);
  if (!answers) return undefined;
  const all = person.applications;
  const titleOf = (id: string) => using.vacancies.find(({ _id }) => _id === id)?.title;
  const same = all.findLast(({ vacancy: id }) => {
    const title = titleOf(id);
    return title !== undefined && samePosition(vacancy, { title });
  });
  const before = same && titleOf(same.vacancy);
  const approved = all.some(({ fields }) => fields?.clientDecision?.value === 'approved');
  const last = all.at(-1);
  return [
    ...(before ? [{ kind: 'position' as const, params: { before: { words: before } } }] : []),
    ...(approved ? [{ kind: 'approved' as const }] : []),
    ...(all.some(({ score }) => score?.fits === true) ? [{ kind: 'portrait' as const }] : []),
    ...answers,
    ...termReasons(vacancy, all, using),
    ...cityReason(vacancy, person),
    ...(last?.stage === 'reserve' ? [{ kind: 'reserve' as const }] : []),
    ...refusedReason(last),
  ];
}

function answerReasons(vacancy: Vacancy, person: Candidate): Reason[] | undefined {
  const reasons: Reason[] = [];
  for (const question of vacancy.questions) {
    const answer = question.rule && recalled(person, question);
    if (!answer || !fitsQuestion(question, answer)) continue;
    const fits = fitsRule(question, answer);
    if (!fits && question.rule?.knockOut) return undefined;
    const params = { question: { words: question.text }, answer: answerShown(question, answer) };
    reasons.push({ kind: fits ? 'answer' : 'answerNot', params });
  }
  return reasons;
}

function termReasons(vacancy: Vacancy, all: Application[], { lexicon }: RankWith): Reason[] {
  const terms = all.findLast(({ fields }) => fields?.terms)?.fields?.terms?.value;
  const said = typeof terms === 'string' ? terms : '';
  const text = Object.values(vacancy.text).join('\n');
  const asked = all.findLast(({ answers }) => typeof answers['salary']?.value === 'number')?.answers[
    'salary'
  ];
  const wanted = payIn(said, lexicon)[0] ?? (typeof asked?.value === 'number' ? asked.value : undefined);
  const pay = Math.max(...payIn(text, lexicon), 0);
  const here = schedulesIn(text, lexicon);
  const schedule = schedulesIn(said, lexicon).filter((one) => here.includes(one));
  const place = placesIn(said, vacancy.address ?? '', lexicon);
  return [
    ...(wanted !== undefined && pay > 0
      ? [{ kind: pay >= wanted ? ('pay' as const) : ('payNot' as const), params: { wanted } }]
      : []),
    ...(schedule.length > 0
      ? [{ kind: 'schedule' as const, params: { schedule: schedule.join(', ') } }]
      : []),
    ...(place.length > 0 ? [{ kind: 'place' as const, params: { place: place.join(', ') } }] : []),
  ];
}

function cityReason(vacancy: Vacancy, { city }: Candidate): Reason[] {
  if (!city) return [];
  const wanted = vacancy.questions.find(({ kind }) => kind === 'city')?.rule?.expect ?? [];
  const text = [vacancy.address, ...Object.values(vacancy.text), ...wanted].join('\n').toLowerCase();
  return text.includes(city.toLowerCase()) ? [{ kind: 'city', params: { city } }] : [];
}

/** A refusal that said nothing of the person (the place was taken) does not count. */
function refusedReason(last: Application | undefined): Reason[] {
  const reason = last?.stage === 'refused' ? last.refusal?.reason : undefined;
  if (reason === undefined || reason === 'filled') return [];
  return [{ kind: 'refusedBefore', params: { reason: named('staff.reason', reason) } }];
}
