import type { Application } from '../../flows/candidate.ts';
import { type CostSummary, summarizeCosts } from '../../flows/costs/costs.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Speech, speech } from '../speech.ts';
import { sourceOf } from './sourceOf.ts';

/** How many of the costs are shown, and can be taken off. */
const shown = 8;

/** What was spent on a vacancy, by currency and source, and what one hire cost. */
export async function drawCosts(
  { db, words, policy }: { db: Database; words: Words; policy: Pick<Policy, 'currency'> },
  member: Member,
  { _id, title, costs = [] }: Vacancy,
): Promise<Rendered> {
  const said = speech(words, member);
  const people = await db.candidates
    .find({ 'applications.vacancy': _id })
    .project<{ applications: Application[] }>({ applications: 1 })
    .toArray();
  const own = people.flatMap(({ applications }) => applications).filter(({ vacancy }) => vacancy === _id);
  const latest = costs.slice(-shown);
  const lines = latest.map(({ at, amount, currency, what }, index) =>
    said.text('costs.line', {
      number: index + 1,
      day: { at, as: 'day' },
      amount: money(said, amount, currency),
      what: what || '—',
    }),
  );
  const sums = summarizeCosts(costs, own, policy.currency).map((sum) => sumText(said, sum));
  return {
    text: [
      said.text('costs.title', { title: { words: title } }),
      ...(lines.length > 0 ? [lines.join('\n')] : [said.text('costs.none')]),
      ...sums,
    ].join('\n\n'),
    buttons: [
      [said.button('costs.button.add', `v:costNew:${_id}`, { style: 'primary' })],
      latest.map(({ id }, index) =>
        said.button('costs.button.drop', `v:costOff:${_id}:${id}`, { params: { number: index + 1 } }),
      ),
      [said.button('staff.button.back', `v:open:${_id}`)],
    ].filter((row) => row.length > 0),
  };
}

function sumText(said: Speech, { currency, spent, income, hires, perHire, sources }: CostSummary): string {
  const show = (amount: number | undefined) => (amount === undefined ? '—' : money(said, amount, currency));
  return [
    said.text('costs.sum', { spent: show(spent), hires, perHire: show(perHire), income: show(income) }),
    ...sources.map((one) =>
      said.text('costs.source', {
        source: sourceOf(said, one.source),
        spent: show(one.spent),
        hires: one.hires,
        perHire: show(one.perHire),
      }),
    ),
  ].join('\n');
}

/** An amount as the reader's language writes it. */
export function money(said: Speech, amount: number, currency: string): string {
  const format = new Intl.NumberFormat(said.reader.lang, { maximumFractionDigits: 2 });
  return `${format.format(amount)} ${currency}`;
}
