import type { Application } from '../candidate.ts';
import { fillsPlace } from '../places/fillsPlace.ts';

/** What was spent on a vacancy. */
export interface Cost {
  id: string;
  at: number;
  by: string;
  amount: number;
  /** ISO 4217, as `RUB`. */
  currency: string;
  /** Which source of candidates it paid for, when it was one. */
  source?: string;
  what: string;
}

/** What a vacancy cost, in one currency; what was agreed to be paid for those who work. */
export interface CostSummary {
  currency: string;
  spent: number;
  income: number;
  hires: number;
  /** Unset while nobody works yet. */
  perHire?: number;
  sources: { source: string; spent: number; hires: number; perHire?: number }[];
}

/** What is paid for a hire that says nothing of it itself; undefined: nobody knows. */
export type PriceOf = (
  application: Pick<Application, 'fields'>,
) => { price: number; currency: string } | undefined;

/**
 * Costs of a vacancy by currency and by source, with what one hire cost.
 *
 * @param usual the agency's own currency: of a price that was put down without one
 * @param priceOf by the company's contract, for a hire without a price
 */
export function summarizeCosts(
  costs: readonly Cost[],
  applications: readonly Pick<Application, 'stage' | 'source' | 'fields'>[],
  usual: string,
  priceOf: PriceOf = () => undefined,
): CostSummary[] {
  const hired = applications.filter(({ stage }) => fillsPlace(stage));
  const prices = hired.flatMap(({ fields }) => {
    const own = fields?.price?.value;
    if (own === undefined) return priceOf({ ...(fields && { fields }) }) ?? [];
    const price = Number(own);
    return Number.isFinite(price) ? [{ price, currency: String(fields?.currency?.value ?? usual) }] : [];
  });
  const currencies = new Set([...costs, ...prices].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const own = costs.filter((cost) => cost.currency === currency);
    const spent = sum(own.map(({ amount }) => amount));
    const names = new Set(own.flatMap(({ source }) => (source ? [source] : [])));
    return {
      currency,
      spent,
      income: sum(prices.filter((one) => one.currency === currency).map(({ price }) => price)),
      hires: hired.length,
      ...each(spent, hired.length),
      sources: [...names].map((source) => {
        const paid = sum(own.filter((cost) => cost.source === source).map(({ amount }) => amount));
        const hires = hired.filter((one) => one.source === source).length;
        return { source, spent: paid, hires, ...each(paid, hires) };
      }),
    };
  });
}

function each(spent: number, hires: number): { perHire?: number } {
  return hires > 0 ? { perHire: Math.round((spent / hires) * 100) / 100 } : {};
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
