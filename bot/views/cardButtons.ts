import { isToCall } from '../../flows/calls/isToCall.ts';
import { mayAct } from '../mayAct.ts';
import type { Undo } from '../../flows/candidate.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import { linkRow } from './arrivalLines.ts';
import type { CardFacts } from './cardFacts.ts';
import { outcomeRows } from './outcomeButtons.ts';
import { sameButtons } from './sameButtons.ts';

type Style = RenderedButton['style'];

/** The card's buttons: first what the stage calls for, last what is always there. At most nine rows. */
export function cardButtons(facts: CardFacts): RenderedButton[][] {
  const { application, candidate, reader, vacancy, now } = facts;
  const button = buttonOf(facts);
  if (!mayAct(reader, application, vacancy)) return [[button('files'), button('history')]];
  const { relay } = candidate;
  const links = linkRow(facts);
  const talking = relay?.member === reader._id && relay.until > now;
  return [
    ...(candidate.name === undefined ? [[button('name')]] : []),
    ...(application.taken === undefined && isOpen(application.stage) ? [[button('take', 'success')]] : []),
    ...(links.length > 0 ? [links] : []),
    ...stageRows(facts),
    ...(facts.undo && application.undo ? [[undoButton(facts, application.undo)]] : []),
    [talking ? button('endRelay', 'danger') : button('relay', 'primary'), button('note')],
    ...sameButtons(facts.speech, facts, facts.same),
    [button('files'), button('history'), button('more')],
  ];
}

/** What would be taken back is named on it. */
function undoButton({ speech, application }: CardFacts, { act, what }: Undo): RenderedButton {
  const params = { act: what ?? { key: `fact.act.${act}` } };
  const key = act === 'cancelInterview' ? 'staff.button.undoCancel' : 'staff.button.undo';
  const { label, ...rest } = speech.button(key, `s:undo:${application.id}`, { params });
  return { ...rest, label: label.slice(0, 60) };
}

/** One button of an application's card: its label is `staff.button.<verb>`. */
export function buttonOf({ speech, application }: Pick<CardFacts, 'speech' | 'application'>) {
  return (verb: string, style?: Style): RenderedButton =>
    speech.button(`staff.button.${verb}`, `s:${verb}:${application.id}`, { style });
}

/** What the stage calls for: an interview's own acts, then whatever its pipeline lets it end in. */
function stageRows(facts: CardFacts): RenderedButton[][] {
  const { application } = facts;
  const button = buttonOf(facts);
  const { stage } = application;
  if (stage === 'reserve' || stage === 'withdrawn') return [[button('invite', 'success')]];
  if (isToCall(facts.pipelines, application))
    return [
      [facts.speech.button('calls.button.open', `d:open:${application.id}`, { style: 'primary' })],
      ...wayOn(facts),
    ];
  return wayOn(facts);
}

/** What the meeting or the stage may end in. */
function wayOn(facts: CardFacts): RenderedButton[][] {
  const { application, now } = facts;
  const button = buttonOf(facts);
  const { stage, interview } = application;
  const meets = stage === 'interview' || stage === 'clientInterview' || (stage === 'training' && interview);
  if (!meets) return outcomeRows(facts);
  const started = interview !== undefined && interview.start <= now;
  return [
    ...(started && interview.attendance === undefined
      ? [[button('came', 'success'), button('missed', 'danger')]]
      : []),
    ...(interview?.attendance === undefined
      ? [[...(interview?.group ? [] : [button('move')]), button('cancelInterview', 'danger')]]
      : []),
    ...outcomeRows(facts),
  ];
}
