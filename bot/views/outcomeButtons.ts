import { missingFields } from '../../flows/pipelines/fields.ts';
import type { Outcome } from '../../flows/pipelines/pipeline.ts';
import { specOf } from '../../flows/pipelines/specOf.ts';
import { outcomeName } from '../../flows/pipelines/stageName.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import { inRows } from '../speech.ts';
import type { CardFacts } from './cardFacts.ts';

/** Outcomes whose way asks for more than a press: for a time, a reason, a yes. */
const ways: Partial<Record<string, string>> = {
  interview: 'when',
  invited: 'invite',
  reserve: 'reserve',
  blacklist: 'blacklist',
};

/** What the pipeline lets a stage end in, as buttons: two in a row, in its order. */
export function outcomeRows(facts: CardFacts): RenderedButton[][] {
  const { pipelines, application } = facts;
  return inRows(
    specOf(pipelines, application).outcomes.map((outcome) => outcomeButton(facts, outcome)),
    2,
  );
}

function outcomeButton({ speech, application }: CardFacts, outcome: Outcome): RenderedButton {
  const { style, needs } = outcome;
  // What is not ready yet is no call to press.
  const ready = missingFields(application, needs).length === 0;
  const verb = verbOf(outcome);
  return {
    label: speech.label(outcomeName(outcome)),
    data: verb ? `s:${verb}:${application.id}` : `s:outcome:${application.id}:${outcome.id}`,
    ...(style && ready && { style }),
  };
}

/** The card's own verb for a result whose way asks for more; undefined when giving it is all there is. */
export function verbOf({ id, to, needs, reason }: Outcome): string | undefined {
  if (id === 'fits' || id === 'fitsNot') return id;
  if (id === 'agree' && to === 'clientInterview') return 'agree';
  if (needs.length > 0) return undefined;
  return to === 'refused' && !reason ? 'refuse' : ways[to];
}
