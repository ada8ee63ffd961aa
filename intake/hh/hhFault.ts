/**
 * hh understood the call and did not do it: its own words, for whoever knows what they mean here. Never shown to people.
 *
 * @example new HhFault(403, 'negotiations', 'wrong_state')
 */
export class HhFault extends Error {
  readonly status: number;
  readonly type: string;
  readonly value: string;

  constructor(status: number, type: string, value = '') {
    super(`hh refused: ${status} ${type} ${value}`.trim());
    this.status = status;
    this.type = type;
    this.value = value;
  }
}
