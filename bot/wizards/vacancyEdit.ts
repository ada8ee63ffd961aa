import type { Member } from '../../flows/member.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { VacancyChange } from '../../runtime/makeVacancies.ts';
import { askCompany } from './askCompany.ts';
import { askOwnQuestion } from './ownQuestion.ts';
import { askFormats, askPeople, askPlaces, askYes } from './vacancyChoices.ts';
import { proposePeople } from './proposePeople.ts';
import type { WizardStart } from './startWizard.ts';
import type { WizardTalk } from './wizardTalk.ts';
import { askLines, askLink, askText, askWords } from './wizardTexts.ts';

/** What came of it; undefined: nothing, and it was said why. */
type Change = (talk: WizardTalk, vacancy: Vacancy, members: Member[]) => Promise<VacancyChange | undefined>;

/** What of a vacancy can be changed afterwards; each asks as the wizard that made it. */
const changes: Record<string, Change> = {
  title: async (talk) => ({ title: await askWords(talk, 'title', 3, 80) }),
  text: async (talk) => ({ text: await askLines(talk) }),
  formats: async (talk, vacancy) => {
    const formats = await askFormats(talk, vacancy.formats);
    const address = formats.includes('office') && !vacancy.address;
    const link = formats.includes('zoom') && !vacancy.link;
    return {
      formats,
      ...(address && { address: await askText(talk, 'address', 5, 250) }),
      ...(link && { link: await askLink(talk) }),
    };
  },
  address: async (talk) => ({ address: await askText(talk, 'address', 5, 250) }),
  link: async (talk) => ({ link: await askLink(talk) }),
  notes: async (talk) => ({ notes: await askText(talk, 'notes', 3, 300) }),
  interviewers: async (talk, vacancy, members) => {
    const staff = members.filter(({ role }) => role !== 'client');
    return { interviewers: await askPeople(talk, 'interviewers', staff, vacancy.interviewers, 'some') };
  },
  client: async (talk, vacancy, members) => {
    const clients = members.filter(({ role }) => role === 'client');
    const [client] = await askPeople(talk, 'client', clients, vacancy.client ? [vacancy.client] : [], 'one');
    return client ? { client } : {};
  },
  company: async (talk) => {
    const there = await talk.conversation.external(() => talk.deps.db.companies.countDocuments({}));
    if (there > 0) return { company: await askCompany(talk) };
    await talk.tell('company.wizard.noneYet');
    return undefined;
  },
  places: async (talk) => ({ places: await askPlaces(talk) }),
  auto: async (talk) => ({ autoInvite: await askYes(talk, 'auto') }),
};

/** What says whom is looked for: when it changes, others may fit. */
const describing = new Set(['title', 'text', 'address', 'places']);

/** The names of what can be changed, in the order of the menu. */
export const editable = Object.keys(changes);

/** Changes one thing of a vacancy that stands. Whoever is half-way through its questions keeps their answers. */
export async function vacancyEdit(
  talk: WizardTalk,
  what: Pick<WizardStart, 'run' | 'vacancy' | 'field'>,
): Promise<void> {
  const { deps, conversation } = talk;
  const id = what.vacancy ?? '';
  const vacancy = await conversation.external(() => deps.db.vacancies.findOne({ _id: id }));
  if (!vacancy) return talk.tell('refusal.noSuchVacancy');
  if (what.field === 'question') {
    const question = await askOwnQuestion(talk, 0);
    await conversation.external(async () => {
      await deps.vacancies.addQuestion(id, question);
    });
    await said(talk, id);
    return proposePeople(talk, id);
  }
  const change = Object.hasOwn(changes, what.field ?? '') ? changes[what.field ?? ''] : undefined;
  if (!change) return talk.tell('staff.toast.stale');
  const members = await conversation.external(() => deps.db.members.find({ active: true }).toArray());
  const set = await change(talk, vacancy, members);
  if (!set) return;
  await conversation.external(async () => {
    if (Object.keys(set).length > 0) await deps.vacancies.change(id, set, `wizard:${what.run}`);
  });
  await said(talk, id);
  if (describing.has(what.field ?? '')) await proposePeople(talk, id);
}

function said(talk: WizardTalk, id: string): Promise<void> {
  return talk.tell('staff.wizard.changed', undefined, [
    [talk.said.button('staff.button.openVacancy', `v:open:${id}`)],
  ]);
}
