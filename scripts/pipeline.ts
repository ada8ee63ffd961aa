import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPipeline } from '../flows/pipelines/checkPipeline.ts';
import { diagram } from '../flows/pipelines/diagram.ts';
import { pipelineSchema } from '../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../flows/pipelines/shipped.ts';
import { loadWords } from '../runtime/words.ts';

/**
 * `npm run pipeline [-- file.json …]`: prints each pipeline that ships (or those in the files) as a Mermaid diagram,
 * and what is wrong with it. Ends with 1 when anything is.
 */
const words = loadWords(join(import.meta.dirname, '../locales'));
const reader = { lang: words.nearest(process.env.LANG?.slice(0, 2)), zone: 'utc' };
const say = (line: string) => process.stdout.write(`${line}\n`);
const files = process.argv.slice(2);
let faulty = 0;

for (const pipeline of files.length > 0 ? files.map(read) : shippedPipelines) {
  if (!pipeline) continue;
  say(`%% ${words.label(reader, pipeline.name)}: ${pipeline.id}, ${pipeline.version}`);
  say(diagram(pipeline, (name) => words.label(reader, name)));
  const faults = checkPipeline(pipeline, words.langs, (lang, key) => words.has(lang, key));
  faulty += faults.length;
  for (const { code, stage = '', what = '' } of faults)
    say(`%% ✗ ${words.label(reader, { key: `pipeline.fault.${code}`, params: { stage, what } })}`);
  say(faults.length === 0 ? `%% ✓ ${words.label(reader, { key: 'pipeline.sound' })}\n` : '');
}
process.exit(faulty === 0 ? 0 : 1);

function read(file: string) {
  const parsed = pipelineSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  faulty += 1;
  for (const { path, message } of parsed.error.issues) say(`${file}: ${path.join('.')}: ${message}`);
  return undefined;
}
