/** Thrown by a command that has nothing to say yet: it is asked again after every commit, and for certain at `until`. */
export class Later {
  /** Milliseconds since 1970. */
  readonly until: number;
  constructor(until: number) {
    this.until = until;
  }
}
