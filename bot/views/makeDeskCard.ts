import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Words } from '../../runtime/words.ts';
import { linkRow } from './arrivalLines.ts';
import { nameOf } from './cardFacts.ts';
import { cardText } from './cardText.ts';
import { readCard } from './makeCard.ts';
import type { View } from './views.ts';

/** The view `deskCard`: the status card of a topic at the desk, with who answers now and the way to the card itself. */
export function makeDeskCard(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  policy: Pick<Policy, 'zone'>;
}): View {
  return async (reader, { application }) => {
    const facts = typeof application === 'string' ? await readCard(deps, reader, application) : undefined;
    if (!facts) return undefined;
    const { speech: said, candidate, members, now } = facts;
    const { relay } = candidate;
    const talks = relay && relay.until > now ? nameOf(members, relay.member) : undefined;
    const who = said.text(talks ? 'desk.talks' : 'desk.silent', { name: talks ?? '' });
    const bot = await deps.db.settings.findOne({ _id: 'botUsername' });
    const url = `https://t.me/${String(bot?.value ?? 'bot')}?start=card_${facts.application.id}`;
    return {
      text: `${cardText(facts)}\n\n${who}`,
      buttons: [[{ label: said.plain('desk.button.card'), url }], linkRow(facts)].filter(
        (row) => row.length > 0,
      ),
    };
  };
}
