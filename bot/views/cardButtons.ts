import { mayAct } from '../mayAct.ts';
import { stages } from '../../flows/policies/stages.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import type { CardFacts } from './cardFacts.ts';

type Style = RenderedButton['style'];

/** The card's buttons: first what the stage calls for, last what is always there. At most eight rows. */
export function cardButtons(facts: CardFacts): RenderedButton[][] {
  const { application, candidate, reader, vacancy, now } = facts;
  const button = buttonOf(facts);
  if (!mayAct(reader, application, vacancy)) return [[button('files'), button('history')]];
  const { relay } = candidate;
  const talking = relay?.member === reader._id && relay.until > now;
  return [
    ...(application.taken === undefined && stages[application.stage].open
      ? [[button('take', 'success')]]
      : []),
    ...stageRows(facts),
    ...(application.undo && !application.refusal?.messageSent ? [[button('undo')]] : []),
    [talking ? button('endRelay', 'danger') : button('relay', 'primary'), button('note')],
    [button('files'), button('history'), button('more')],
  ];
}

/** One button of an application's card: its label is `staff.button.<verb>`. */
export function buttonOf({ speech, application }: Pick<CardFacts, 'speech' | 'application'>) {
  return (verb: string, style?: Style): RenderedButton =>
    speech.button(`staff.button.${verb}`, `s:${verb}:${application.id}`, { style });
}

function stageRows(facts: CardFacts): RenderedButton[][] {
  const { application, now } = facts;
  const button = buttonOf(facts);
  switch (application.stage) {
    case 'screening':
    case 'review':
      return [
        [button('invite', 'success'), button('reserve')],
        [button('refuse', 'danger'), button('blacklist', 'danger')],
      ];
    case 'invited':
      return [[button('when', 'success')], [button('reserve'), button('refuse', 'danger')]];
    case 'interview': {
      const started = application.interview !== undefined && application.interview.start <= now;
      return [
        ...(started ? [[button('came', 'success'), button('missed', 'danger')]] : []),
        [button('move'), button('cancelInterview', 'danger')],
      ];
    }
    case 'decision':
      return [
        [button('fits', 'success'), button('fitsNot', 'danger')],
        [button('when'), button('reserve')],
      ];
    case 'reserve':
    case 'withdrawn':
      return [[button('invite', 'success')]];
    default:
      return [];
  }
}
