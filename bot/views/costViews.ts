import { contractPrice } from '../../flows/companies/contractOfHire.ts';
import { type CostSummary, summarizeCosts } from '../../flows/costs/costs.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import { readApplicationsOf } from '../../models/readApplicationsOf.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Speech, speech } from '../speech.ts';
import { sourceOf } from './sourceOf.ts';

/** How many of the costs are shown, and can be taken off. */
const shown = 8;

/** What was spent on a vacancy, by currency and source, and what one hire cost. */
export async function drawCosts(
  {
    db,
    words,
    clock,
    policy,
  }: {
    db: Database;
    words: Words;
    clock: Pick<Clock, 'now'>;
    policy: Pick<Policy, 'currency' | 'zone'>;
  },
  member: Member,
  { _id, title, company: of, costs = [] }: Vacancy,
): Promise<Rendered> {
  const said = speech(words, member);
  const company = of === undefined ? null : await db.companies.findOne({ _id: of });
  const own = await readApplicationsOf(db, [_id]);
  const latest = costs.slice(-shown);
  const lines = latest.map(({ at, amount, currency, what }, index) =>
    said.text('costs.line', {
      number: index + 1,
      day: { at, as: 'day' },
      amount: money(said, amount, currency),
      what: what || '—',
    }),
  );
  const sums = summarizeCosts(
    costs,
    own,
    policy.currency,
    contractPrice(company ?? undefined, clock.now(), policy.zone),
  ).map((sum) => sumText(said, sum));
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

/** The sums of one currency, with its sources. */
export function sumText(
  said: Speech,
  { currency, spent, income, hires, perHire, sources }: CostSummary,
): string {
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
