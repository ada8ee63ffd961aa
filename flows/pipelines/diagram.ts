import { fieldIn } from './fieldName.ts';
import type { Name, Pipeline } from './pipeline.ts';
import { outcomeName } from './stageName.ts';
import { isOpen, type Stage } from './stages.ts';

/**
 * A pipeline as a Mermaid flowchart: stages in order, outcomes as arrows with their names, ends drawn round.
 * Moves by hand are left out: they would cover everything.
 *
 * @param word a name in the reader's language
 */
export function diagram(pipeline: Pipeline, word: (name: Name) => string): string {
  const lines = ['flowchart TD'];
  const node = (stage: Stage) => stage.replace(':', '_');
  const quoted = (text: string) => `"${text.replaceAll('"', "'")}"`;
  for (const { stage, name } of pipeline.stages) {
    const text = quoted(word(name ?? { key: `staff.stage.${stage}` }));
    lines.push(isOpen(stage) ? `  ${node(stage)}[${text}]` : `  ${node(stage)}([${text}])`);
  }
  for (const { stage, outcomes } of pipeline.stages)
    for (const outcome of outcomes) {
      const { to, needs } = outcome;
      const label = word(outcomeName(outcome));
      const wanted = needs.map((field) => word(fieldIn(pipeline, field)));
      const text = wanted.length > 0 ? `${label}: ${wanted.join(', ')}` : label;
      lines.push(`  ${node(stage)} -->|${quoted(text)}| ${node(to)}`);
    }
  return lines.join('\n');
}
