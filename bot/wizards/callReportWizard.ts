import { type CallQuestion, specOfCall } from '../../flows/clientCalls/callKinds.ts';
import type { HireTerms, PersonReport } from '../../flows/clientCalls/clientCall.ts';
import type { Contract } from '../../flows/companies/contract.ts';
import { parseDate } from '../../flows/dialogs/parseDate.ts';
import { namesOfApplications } from '../../models/namesOfApplications.ts';
import { applicationsOf } from '../views/clientCallViews.ts';
import { contractOfApplication } from '../companies/contractOfApplication.ts';
import type { WizardStart } from './startWizard.ts';
import type { Accepted, WizardAnswer, WizardTalk } from './wizardTalk.ts';

const verdicts = ['chosen', 'hired', 'refused', 'open'] as const;
const longest = 1000;

/** The comment of a call by the template of its kind; the people first, one by one, then what was agreed. */
export async function callReportWizard(talk: WizardTalk, { call: id = '' }: WizardStart): Promise<void> {
  const { deps, member, conversation, said } = talk;
  const found = await conversation.external(async () => {
    const call = await deps.db.clientCalls.findOne({ _id: id });
    return (
      call && {
        kind: call.kind,
        people: call.people,
        names: await namesOfApplications(deps.db, applicationsOf(call)),
      }
    );
  });
  if (!found) return talk.tell('refusal.noSuchCall');
  const people: PersonReport[] = [];
  for (const [index, { application }] of found.people.entries())
    people.push(await askPerson(talk, index, application, found.names[application] ?? '—'));
  const answers: Record<string, string> = {};
  let update = 0;
  for (const question of specOfCall(found.kind).questions) {
    const answer = await askQuestion(talk, question);
    answers[question.id] = answer.text;
    update = answer.update;
  }
  const decision = await conversation.external((ctx) =>
    deps.clientCalls.perform(id, {
      id: `tg:${ctx.me.id}:${update}:report`,
      by: member._id,
      type: 'reportCall',
      answers,
      people,
    }),
  );
  if (!decision.ok)
    return talk.tell('clientCall.wizard.refused', { why: { key: `refusal.${decision.code}` } });
  await talk.tell('clientCall.wizard.reported', undefined, [
    [said.button('clientCall.button.open', `cc:open:${id}`, { style: 'primary' })],
  ]);
}

/** One question of the template. What is skipped stays empty, or is what it usually is. */
function askQuestion(
  talk: WizardTalk,
  { id, required, usual }: CallQuestion,
): Promise<{ text: string; update: number }> {
  const skip = usual
    ? talk.button(id, 'skip', 'clientCall.wizard.usual', { params: { value: usual } })
    : talk.button(id, 'skip', 'clientCall.wizard.skip');
  return talk.ask(
    { step: id, key: `clientCall.wizard.ask.${id}`, ...(required ? {} : { buttons: [[skip]] }) },
    (answer): Accepted<{ text: string; update: number }> => {
      if ('tapped' in answer) return { value: { text: usual ?? '', update: answer.update } };
      const text = answer.text.trim();
      return text.length <= longest
        ? { value: { text, update: answer.update } }
        : { hint: 'clientCall.wizard.tooLong' };
    },
  );
}

/** "Name (ID) – summary – Interview results", and the terms when they are hired. */
async function askPerson(
  talk: WizardTalk,
  index: number,
  application: string,
  name: string,
): Promise<PersonReport> {
  const ask = <T>(what: string, accept: (answer: WizardAnswer) => Accepted<T>, usual?: Usual<T>) => {
    const step = `p${index}-${what}`;
    const buttons = [
      ...(usual
        ? [[talk.button(step, 'usual', 'company.hire.same', { params: { number: usual.number } })]]
        : []),
      [talk.button(step, 'skip', 'clientCall.wizard.skip')],
    ];
    const question = { step, key: `clientCall.wizard.person.${what}`, params: { name }, buttons };
    return talk.ask<T | undefined>(question, (answer) => {
      if (!('tapped' in answer)) return accept(answer);
      return { value: answer.tapped === 'usual' ? usual?.value : undefined };
    });
  };
  const text = (answer: WizardAnswer): Accepted<string> => {
    const said = 'text' in answer ? answer.text.trim() : '';
    return said.length <= longest ? { value: said } : { hint: 'clientCall.wizard.tooLong' };
  };
  const summary = (await ask('summary', text)) ?? '';
  const result = (await ask('result', text)) ?? '';
  const verdict = await askVerdict(talk, index, name);
  if (verdict !== 'hired') return { application, summary, result, verdict };
  const now = await talk.conversation.external(() => talk.deps.clock.now());
  const startDate = await ask('startDate', (answer) => readDay(talk, answer, now));
  // The company's contract is what a hire goes by, unless something else was agreed.
  const own = await talk.conversation.external(() =>
    contractOfApplication(talk.deps, application, startDate ?? now),
  );
  const price = await ask('price', readPrice, priceIn(own));
  const contract = await ask('contract', readLink, linkIn(own));
  const terms: HireTerms = { ...(startDate && { startDate }), ...price, ...(contract && { contract }) };
  return { application, summary, result, verdict, terms };
}

/** What the company's contract says, for one press. */
interface Usual<T> {
  number: string;
  value: T;
}

function priceIn(own: Contract | undefined): Usual<Pick<HireTerms, 'price' | 'currency'>> | undefined {
  const { price, currency, number } = own ?? {};
  if (number === undefined || price === undefined) return undefined;
  return { number: number.slice(0, 30), value: { price, ...(currency && { currency }) } };
}

function linkIn(own: Contract | undefined): Usual<string> | undefined {
  return own?.link === undefined ? undefined : { number: own.number.slice(0, 30), value: own.link };
}

function askVerdict(talk: WizardTalk, index: number, name: string): Promise<PersonReport['verdict']> {
  const step = `p${index}-verdict`;
  const buttons = verdicts.map((one) => [talk.button(step, one, `clientCall.verdict.${one}`)]);
  return talk.ask(
    { step, key: 'clientCall.wizard.person.verdict', params: { name }, buttons },
    (answer): Accepted<PersonReport['verdict']> => {
      const verdict = 'tapped' in answer ? verdicts.find((one) => one === answer.tapped) : undefined;
      return verdict ? { value: verdict } : { hint: 'clientCall.wizard.useButtons' };
    },
  );
}

function readDay({ deps, member }: WizardTalk, answer: WizardAnswer, now: number): Accepted<number> {
  const text = 'text' in answer ? answer.text : '';
  for (const lexicon of Object.values(deps.words.lexicon)) {
    const day = parseDate(text, now, member.zone, lexicon);
    if (day) return { value: day.startOf('day').toMillis() };
  }
  return { hint: 'clientCall.wizard.badDate' };
}

/** "1500 USD", "120 000 ₽": a number, and the currency as it is written. */
function readPrice(answer: WizardAnswer): Accepted<Pick<HireTerms, 'price' | 'currency'>> {
  const text = 'text' in answer ? answer.text.trim() : '';
  const match = /^(\d[\d\s\u00a0]*(?:[.,]\d+)?)\s*(\S{1,10})?$/.exec(text);
  const price = Number(match?.[1]?.replace(/[\s\u00a0]/g, '').replace(',', '.'));
  if (!match || !Number.isFinite(price)) return { hint: 'clientCall.wizard.badPrice' };
  return { value: { price, ...(match[2] && { currency: match[2].toUpperCase() }) } };
}

function readLink(answer: WizardAnswer): Accepted<string> {
  const text = 'text' in answer ? answer.text.trim() : '';
  return /^https?:\/\/\S+\.\S+$/i.test(text) && URL.canParse(text)
    ? { value: text }
    : { hint: 'clientCall.wizard.badLink' };
}
