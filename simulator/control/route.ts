import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Simulator } from '../simulator.ts';

/** What a control route is given. */
export interface Visit {
  sim: Simulator;
  /** The parts of the path that the pattern names. */
  path: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body; undefined when there was none. */
  body: unknown;
  req: IncomingMessage;
  res: ServerResponse;
}

/** One line of the control API. `run` gives the JSON of the answer, or undefined when it has answered by itself. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** E.g. `/sim/users/:id/send`. */
  path: string;
  run: (visit: Visit) => unknown;
}
