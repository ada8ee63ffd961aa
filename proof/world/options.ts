/** The kinds of misfortune that can be switched off one by one: so a failure is cut down to what it needs. */
export const faultKinds = [
  'crash',
  'database',
  'network',
  'delivery',
  'bell',
  'clock',
  'suspend',
  'deploy',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a run is made of. The same options give the same run, byte for byte. */
export interface Options {
  seed: number;
  days: number;
  /** Candidates that come during a whole year; a shorter run has its share of them. */
  people: number;
  vacancies: number;
  /** One process that polls, or several that get webhooks, over one database. */
  processes: number;
  without: FaultKind[];
  /** A defect of the harness's own making: its checks must find it. */
  planted?: string;
}

export const defaultOptions: Options = {
  seed: 1,
  days: 365,
  people: 10_000,
  vacancies: 30,
  processes: 1,
  without: [],
};

/** A Monday; the year has every clock change of its zones in it. */
export const firstMoment = Date.UTC(2026, 0, 5);
