import type { Database } from '../models/database.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Config } from '../runtime/config.ts';
import { openAvito } from './avito/openAvito.ts';
import { openNovofon } from './novofon/openNovofon.ts';
import type { Source } from './source.ts';

/** What a source may need besides its settings. `base`: where the outside reaches the product, for hooks and ways back. */
export interface SourceTools {
  config: Config;
  db: Database;
  clock: Clock;
  base: string | undefined;
  log: (line: object) => void;
}

/** The sources that are set up here; each knows from its own settings whether it is. */
export function openSources(tools: SourceTools): Source[] {
  const makers: ((tools: SourceTools) => Source | undefined)[] = [openAvito, openNovofon];
  return makers.flatMap((make) => make(tools) ?? []);
}
