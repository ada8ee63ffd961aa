import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Accepted, WizardTalk } from './wizardTalk.ts';

/** A lead by hand: who, by which number, for which vacancy. A known number finds the person who is there. */
export async function leadWizard(talk: WizardTalk): Promise<void> {
  const { deps, member, conversation, said } = talk;
  const open = await conversation.external(() =>
    deps.db.vacancies.find({ status: 'open' }).sort({ createdAt: -1 }).limit(20).toArray(),
  );
  if (open.length === 0) return talk.tell('staff.lead.noVacancies');
  const name = await talk.ask({ step: 'name', key: 'staff.lead.name' }, (answer): Accepted<string> => {
    const text = 'text' in answer ? answer.text.trim().replace(/\s+/g, ' ') : '';
    return /\p{L}{2}/u.test(text) && text.length <= 100 ? { value: text } : { hint: 'staff.lead.badName' };
  });
  const skip = talk.button('phone', 'skip', 'staff.lead.noPhone');
  const phone = await talk.ask(
    { step: 'phone', key: 'staff.lead.phone', params: { name }, buttons: [[skip]] },
    (answer): Accepted<string | undefined> => {
      if ('tapped' in answer) return { value: undefined };
      const number = parsePhoneNumberFromString(answer.text, 'RU');
      return number?.isPossible() ? { value: number.number } : { hint: 'staff.lead.badPhone' };
    },
  );
  const buttons = open.map(({ _id, title }) => {
    const button = talk.button('vacancy', _id, 'staff.wizard.next');
    return [{ ...button, label: deps.words.label(member, { words: title }).slice(0, 60) }];
  });
  const chosen = await talk.ask(
    { step: 'vacancy', key: 'staff.lead.vacancy', params: { name }, buttons },
    (answer): Accepted<{ vacancy: string; update: number }> =>
      'tapped' in answer
        ? { value: { vacancy: answer.tapped, update: answer.update } }
        : { hint: 'staff.wizard.useButtons' },
  );
  const added = await conversation.external((ctx) =>
    deps.desk.addCandidate({
      id: `tg:${ctx.me.id}:${chosen.update}`,
      name,
      vacancy: chosen.vacancy,
      source: 'manual',
      by: member._id,
      ...(phone && { phone }),
    }),
  );
  const title = open.find(({ _id }) => _id === chosen.vacancy)?.title ?? { ru: '—' };
  // Whoever brings somebody usually works with them: the turn of the others is one press away from theirs.
  const take = said.button('notice.button.take', `s:take:${added.application}`, { style: 'success' });
  const card = said.button('staff.button.card', `s:card:${added.application}`, { style: 'primary' });
  await talk.tell(
    added.known ? 'staff.lead.known' : 'staff.lead.added',
    { name, vacancy: { words: title } },
    added.known ? [[card]] : [[take], [card]],
  );
}
