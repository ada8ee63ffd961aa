import { contractOfHire } from '../../flows/companies/contractOfHire.ts';
import type { Forgotten } from '../../flows/forgetting/forgotten.ts';
import type { Member } from '../../flows/member.ts';
import { offersUndo } from '../../flows/offersUndo.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messagesLeft } from '../../runtime/messagesLeft.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { findSame } from '../findSame.ts';
import { findApplication } from '../findApplication.ts';
import { mayAct } from '../mayAct.ts';
import { speech } from '../speech.ts';
import { cardButtons } from './cardButtons.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';
import { cardText } from './cardText.ts';
import { forgottenText } from './forgottenView.ts';
import type { View } from './views.ts';

type Deps = { db: Database; clock: Clock; words: Words; policy: Pick<Policy, 'zone'> };

/** What the card of an application is drawn from, as it stands now. Clients have no card. */
export async function readCard(
  { db, clock, words, policy }: Deps,
  reader: Member,
  of: string,
): Promise<CardFacts | undefined> {
  if (reader.role === 'client') return undefined;
  const [found, members] = await Promise.all([findApplication(db, of), db.members.find().toArray()]);
  if (!found) return undefined;
  const id = found.application.group?.id;
  const group = id === undefined ? null : await db.groups.findOne({ _id: id });
  const employer = found.vacancy?.company;
  const company = employer === undefined ? null : await db.companies.findOne({ _id: employer });
  const contract = contractOfHire(company ?? undefined, found.application, clock.now(), policy.zone);
  const same = await findSame(db, found.candidate);
  const undo = offersUndo(found.application, await messagesLeft(db, found.application), clock.now());
  const facts = { ...found, reader, members, now: clock.now(), speech: speech(words, reader), same, undo };
  return { ...facts, ...(group && { group }), ...(contract && { contract }) };
}

/** The card in words, with the buttons of its stage. */
export function drawCard(facts: CardFacts): Rendered {
  const { speech: said, application, reader, vacancy, members, candidate } = facts;
  if (candidate.forgotten) return { text: bareText(facts, candidate.forgotten), buttons: [] };
  const locked = mayAct(reader, application, vacancy)
    ? ''
    : `\n\n${said.text('staff.card.locked', { name: nameOf(members, application.recruiter) })}`;
  return { text: cardText(facts) + locked, buttons: cardButtons(facts) };
}

/** All that is left to be shown: what it was, and since when nothing of the person is kept. */
function bareText(
  { speech: said, application, vacancy, pipelines }: CardFacts,
  forgotten: Forgotten,
): string {
  const params = {
    vacancy: { words: vacancy?.title ?? { ru: '—' } },
    stage: stageName(pipelines, application),
  };
  return `${forgottenText(said, forgotten)}\n\n${said.text('forget.card.application', params)}`;
}

/** The view `card`: params `{ application }`. */
export function makeCard(deps: Deps): View {
  return async (reader, { application }) => {
    const facts = typeof application === 'string' ? await readCard(deps, reader, application) : undefined;
    return facts && drawCard(facts);
  };
}
