import type { Calendar } from './calendar.ts';

const newYear = ['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'];
const holidays = [...newYear, '02-23', '03-08', '05-01', '05-09', '06-12', '11-04'];
const of = (year: number, ...moved: string[]) =>
  [...holidays, ...moved].map((day) => `${year}-${day}`).sort();

/**
 * Russia's production calendar: the holidays of article 112 of the Labour Code, and the days off moved by the
 * government's decree of each year. A new year is a new entry.
 */
export const ru: Calendar = {
  2025: {
    source: 'Government decree No. 1335 of 4 October 2024',
    off: of(2025, '05-02', '05-08', '06-13', '11-03', '12-31'),
    working: { '2025-11-01': 1 },
    short: ['2025-03-07', '2025-04-30', '2025-06-11', '2025-11-01'],
  },
  2026: {
    source: 'Government decree No. 1466 of 24 September 2025',
    off: of(2026, '01-09', '03-09', '05-11', '12-31'),
    working: {},
    short: ['2026-04-30', '2026-05-08', '2026-06-11', '2026-11-03'],
  },
  2027: {
    source: 'Government decree No. 1187 of 17 September 2026',
    off: of(2027, '02-22', '05-03', '05-10', '06-14', '11-05', '12-31'),
    working: { '2027-02-20': 1 },
    short: ['2027-02-20', '2027-04-30', '2027-06-11', '2027-11-03'],
  },
};
