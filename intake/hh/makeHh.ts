import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Source } from '../source.ts';
import { answerHh } from './answerHh.ts';
import { makeHhClient } from './hhClient.ts';
import { type HhApp, type HhTokens, makeHhTokens } from './hhTokens.ts';
import { readHh } from './readHh.ts';
import { subscribeHh } from './subscribeHh.ts';

/** hh.ru as a source of leads, and the agency's tokens there. */
export interface Hh {
  source: Source;
  tokens: HhTokens;
}

/**
 * hh.ru: responses to the employer's vacancies become leads, and the person's page there says what was decided. Facts of the
 * API are hh's own (github.com/hhru/api, its OpenAPI); tried against the stand-in in `simulator/hh`, not against hh.
 */
export function makeHh(
  app: HhApp,
  deps: {
    db: Pick<Database, 'settings'>;
    clock: Pick<Clock, 'now' | 'real' | 'sleep'>;
    log: (line: object) => void;
    /** Where hh may ring. */
    hook?: string;
  },
): Hh {
  const tokens = makeHhTokens(app, deps);
  const client = makeHhClient(app, tokens);
  let subscribed = false;
  return {
    tokens: {
      ...tokens,
      connect: async (code) => {
        // It may be another account, which has a hook of its own.
        subscribed = false;
        return tokens.connect(code);
      },
    },
    source: {
      name: 'hh',
      read: async (cursor) => {
        const found = await readHh(client, deps.clock, cursor);
        if (deps.hook !== undefined) subscribed ||= await subscribeHh(client, deps.hook, deps.log);
        return found;
      },
      answer: (lead, answer) => answerHh(client, lead, answer),
    },
  };
}
