import { proposeMatches } from '../matching/drawMatches.ts';
import type { WizardTalk } from './wizardTalk.ts';

/** The vacancy is saved: who of the base and the reserve fits is proposed at once. Nobody is no message. */
export async function proposePeople(talk: WizardTalk, id: string): Promise<void> {
  const { deps, member, conversation } = talk;
  const drawn = await conversation.external(async () => {
    const vacancy = await deps.db.vacancies.findOne({ _id: id, status: 'open' });
    return (vacancy && (await proposeMatches(deps, member, member.telegram ?? '', vacancy))) ?? null;
  });
  if (drawn) await talk.show(drawn);
}
