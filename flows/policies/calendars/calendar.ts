/** How one year differs from the plain week of five days. Dates as "2026-12-31". */
export interface CalendarYear {
  /** Where it is written. */
  source: string;
  /** Public holidays, on weekends too, and the days that others were moved to. */
  off: string[];
  /** Days off that became working days, and the weekday (1–7) whose hours are worked then. */
  working: Record<string, number>;
  /** Working days that end an hour earlier. */
  short: string[];
}

/** A country's production calendar by year. A year that is not there is a plain one. */
export type Calendar = Record<string, CalendarYear>;
