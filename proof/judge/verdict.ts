/** What a run is checked for, all along. Each has a name a failure can be told by. */
export const checks = {
  lost: 'a message that was ordered has no end long after it was due',
  late: 'a message left later than the policy says, outages apart',
  early: 'a message left before its time',
  quiet: 'a message nobody asked for left in the quiet hours',
  stale: 'a message left though its reason was gone',
  doubled: 'a message was accepted twice',
  order: 'messages to one person about one candidate left in another order than they were decided',
  wrongEnd: 'the ledger says of a message what did not happen to it',
  alone: 'a message did not arrive and nobody was told',
  window: 'words of our own left by WhatsApp long after its 24 hours',
  retryAfter: 'a send inside the time a messenger asked to wait',
  owner: 'a window with two owners',
  nextStep: 'an application in work that nobody and nothing is waiting for',
  sla: 'a task, a refusal to be told or a call without its alarm, or one whose alarm was not heard',
  sideBySide: 'two processes worked on what one person did at once',
  decidedTwice: 'an event was decided twice',
  overwritten: 'a decision was written over one that it had not seen',
  misheard: 'what somebody chose by typing it was taken for something else',
  eventLost: 'what a person did was never decided',
  eventLate: 'what a person did was decided late, outages apart',
  scan: 'one question looked at everybody, or at everything that was ever said',
  audit: "the product's own audit counts something as lost",
  defect: 'an error that no fault explains',
} as const;
export type CheckName = keyof typeof checks;

export interface Violation {
  check: CheckName;
  at: number;
  detail: string;
}

/** Where violations are gathered; the first one of a check is kept with its time, the rest are counted. */
export interface Verdict {
  report(check: CheckName, detail: string): void;
  violations(): Violation[];
  counts(): Partial<Record<CheckName, number>>;
}

export function makeVerdict(now: () => number, tell: (violation: Violation) => void): Verdict {
  const found: Violation[] = [];
  const counts: Partial<Record<CheckName, number>> = {};
  return {
    report: (check, detail) => {
      counts[check] = (counts[check] ?? 0) + 1;
      if ((counts[check] ?? 0) > 20) return;
      const violation = { check, at: now(), detail };
      found.push(violation);
      tell(violation);
    },
    violations: () => found,
    counts: () => counts,
  };
}
