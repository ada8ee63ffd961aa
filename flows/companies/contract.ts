/** A contract with a company. Days are ISO dates, `2026-02-01`: a day has no zone. */
export interface Contract {
  id: string;
  number: string;
  date?: string;
  /** The last day it holds; unset: without an end. */
  until?: string;
  link?: string;
  /** What is paid for, in words. */
  terms?: string;
  /** The price of one hire, when it is an amount. */
  price?: number;
  /** ISO 4217, as `RUB`. */
  currency?: string;
}

/** Does it still hold on that day? @param day an ISO date */
export function isInForce({ date, until }: Contract, day: string): boolean {
  return (date === undefined || date <= day) && (until === undefined || until >= day);
}

/** The contract a new hire goes by: the newest of those in force on that day; undefined when none is. */
export function contractFor(contracts: readonly Contract[], day: string): Contract | undefined {
  const inForce = contracts.filter((one) => isInForce(one, day));
  return inForce.reduce<Contract | undefined>(
    (best, one) => (best === undefined || (one.date ?? '') >= (best.date ?? '') ? one : best),
    undefined,
  );
}

/** The day after which nothing is in force; undefined for whoever has no contract, or one that goes on. */
export function lastDay(contracts: readonly Contract[]): string | undefined {
  if (contracts.length === 0 || contracts.some(({ until }) => until === undefined)) return undefined;
  return contracts.reduce((latest, { until = '' }) => (until > latest ? until : latest), '');
}

/**
 * The day a company is left without a contract, when that is soon or past.
 *
 * @param day today, an ISO date
 * @param notice how long before its end a contract is talked about, in days
 */
export function contractEnd(contracts: readonly Contract[], day: string, notice: number): string | undefined {
  const last = lastDay(contracts);
  return last !== undefined && daysBetween(day, last) <= notice ? last : undefined;
}

/** @returns below zero when the second is earlier */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
