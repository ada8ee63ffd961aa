import type { Database } from '../../../models/database.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { untilReached } from '../../../runtime/untilReached.ts';
import { templates } from '../templates.ts';
import type { Graph } from './makeGraph.ts';

/** Meta's word on each template, in each language: only an APPROVED one is sent. */
export interface TemplateStates {
  of(name: string, lang: string): Promise<string | undefined>;
  set(name: string, lang: string, state: string): Promise<void>;
  /** Ask Meta for all of ours. */
  refresh(): Promise<void>;
}

/** Where they are kept: `settings`, as `{ '<name>:<lang>': state }`. */
export const templateSetting = 'whatsappTemplates';

export function makeTemplateStates(
  db: Pick<Database, 'settings'>,
  clock: Pick<Clock, 'sleep'>,
  graph: Graph,
): TemplateStates {
  const set: TemplateStates['set'] = async (name, lang, state) => {
    const field = { [`value.${name}:${lang}`]: state };
    await untilReached(clock, () =>
      db.settings.updateOne({ _id: templateSetting }, { $set: field }, { upsert: true }),
    );
  };
  return {
    set,
    of: async (name, lang) => {
      const row = await untilReached(clock, () => db.settings.findOne({ _id: templateSetting }));
      const states = row?.value;
      if (typeof states !== 'object' || states === null) return undefined;
      const found: unknown = Reflect.get(states, `${name}:${lang}`);
      return typeof found === 'string' ? found : undefined;
    },
    refresh: async () => {
      const ours = new Set(templates.map(({ name }) => name));
      for (const { name, language, status } of await graph.templates())
        if (ours.has(name)) await set(name, language, status);
    },
  };
}
