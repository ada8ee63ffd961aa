import type { RenderedButton } from '../../runtime/words.ts';
import { companyButton, findCompanies } from '../views/companyList.ts';
import type { Accepted, WizardTalk } from './wizardTalk.ts';

/** How many are offered at once; others are found by typing. */
const most = 8;

type Answer = { chosen: string | undefined } | { query: string };

/**
 * Which company a vacancy belongs to: one of the newest by its button, any other by a part of its name or its INN, or
 * none. Not asked where there is none yet.
 *
 * @returns the company's id; undefined for none
 */
export async function askCompany(talk: WizardTalk): Promise<string | undefined> {
  const { conversation, deps } = talk;
  for (let query = '', round = 0; ; round += 1) {
    const looked = query;
    // Only what is shown goes into the talk: an agency may have thousands.
    const found = await conversation.external(async () => {
      const all = (await findCompanies(deps, looked)).filter(({ archived }) => !archived);
      const first = looked === '' ? all.sort((a, b) => b.createdAt - a.createdAt) : all;
      return first.slice(0, most).map((one) => ({ id: one._id, label: companyButton(one).label }));
    });
    if (query === '' && found.length === 0) return undefined;
    const answer = await askOnce(talk, `company${round}`, found, query);
    if ('chosen' in answer) return answer.chosen;
    ({ query } = answer);
  }
}

function askOnce(
  talk: WizardTalk,
  step: string,
  found: { id: string; label: string }[],
  query: string,
): Promise<Answer> {
  const buttons: RenderedButton[][] = [
    ...found.map(({ id, label }) => [{ ...talk.button(step, id, 'staff.wizard.next'), label }]),
    [talk.button(step, 'none', 'company.wizard.none')],
  ];
  const key = query === '' ? 'ask' : found.length > 0 ? 'found' : 'notFound';
  return talk.ask(
    { step, key: `company.wizard.${key}`, params: { query }, buttons },
    (answer): Accepted<Answer> => {
      if ('tapped' in answer)
        return { value: { chosen: answer.tapped === 'none' ? undefined : answer.tapped } };
      const said = answer.text.trim().slice(0, 100);
      return said === '' ? { hint: 'staff.wizard.useButtons' } : { value: { query: said } };
    },
  );
}
