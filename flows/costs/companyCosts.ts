import type { Application } from '../candidate.ts';
import type { Vacancy } from '../vacancy.ts';
import { type CostSummary, type PriceOf, summarizeCosts } from './costs.ts';

/** What a company's vacancies cost: all of them together, with the sources, and each. */
export interface CompanyCosts {
  sums: CostSummary[];
  vacancies: { vacancy: Vacancy; sums: CostSummary[] }[];
}

/** @param usual the agency's own currency */
export function companyCosts(
  vacancies: readonly Vacancy[],
  applications: readonly Application[],
  usual: string,
  priceOf: PriceOf,
): CompanyCosts {
  const own = ({ _id }: Vacancy) => applications.filter(({ vacancy }) => vacancy === _id);
  const all = vacancies.flatMap(({ costs = [] }) => costs);
  return {
    sums: summarizeCosts(all, vacancies.flatMap(own), usual, priceOf),
    vacancies: vacancies.map((vacancy) => ({
      vacancy,
      sums: summarizeCosts(vacancy.costs ?? [], own(vacancy), usual, priceOf),
    })),
  };
}
