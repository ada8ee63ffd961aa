import type { Format, Vacancy } from '../../flows/vacancy.ts';
import { randomId } from '../../runtime/clock.ts';
import { fromLibrary, questionLibrary } from '../questionLibrary.ts';
import { askCompany } from './askCompany.ts';
import { askOwnQuestions } from './ownQuestion.ts';
import { askFormats, askPeople, askPlaces, askQuestions, askYes } from './vacancyChoices.ts';
import { proposePeople } from './proposePeople.ts';
import type { WizardStart } from './startWizard.ts';
import type { WizardTalk } from './wizardTalk.ts';
import { askLines, askLink, askText, askWords } from './wizardTexts.ts';

const last = new Set(['city', 'phone', 'email', 'birthday']);

/** Makes a vacancy: asks step by step, shows what came of it, and writes only at the end. */
export async function vacancyWizard(talk: WizardTalk, start: Pick<WizardStart, 'company'>): Promise<void> {
  const { deps, member, conversation } = talk;
  const born = await conversation.external(() => ({ id: randomId(10), at: deps.clock.now() }));
  const members = await conversation.external(() => deps.db.members.find({ active: true }).toArray());
  const staff = members.filter(({ role }) => role !== 'client');
  const clients = members.filter(({ role }) => role === 'client');
  await talk.tell('staff.wizard.begin');
  const title = await askWords(talk, 'title', 3, 80);
  const text = await askLines(talk);
  const places = await askPlaces(talk);
  const questions = await askQuestions(talk);
  const own = await askOwnQuestions(talk);
  const formats = await askFormats(talk);
  const address = formats.includes('office') ? await askText(talk, 'address', 5, 250) : undefined;
  const link = formats.includes('zoom') ? await askLink(talk) : undefined;
  const interviewers = await askPeople(talk, 'interviewers', staff, [member._id], 'some');
  const company = start.company ?? (await askCompany(talk));
  const spokesmen = company === undefined ? [] : await contactsOf(talk, company);
  // The only one who speaks for the company is the likely one.
  const likely = spokesmen.length === 1 ? spokesmen : [];
  const client =
    clients.length > 0 ? (await askPeople(talk, 'client', clients, likely, 'one'))[0] : undefined;
  const autoInvite = await askYes(talk, 'auto');
  const library = questionLibrary.flatMap(({ id }) => {
    const chosen = questions[id];
    return (chosen && fromLibrary(deps.words, id, chosen === 'must')) ?? [];
  });
  const vacancy: Vacancy = {
    _id: born.id,
    status: 'open',
    title,
    text,
    // One's own come before the city and the phone: who they are is asked last.
    questions: [
      ...library.filter(({ id }) => !last.has(id)),
      ...own,
      ...library.filter(({ id }) => last.has(id)),
    ],
    formats,
    interviewers,
    recruiters:
      member.role === 'recruiter'
        ? [member._id]
        : staff.filter(({ role }) => role === 'recruiter').map(({ _id }) => _id),
    autoInvite,
    createdAt: born.at,
    ...(places !== undefined && { places }),
    ...(address && { address }),
    ...(link && { link }),
    ...(client && { client }),
    ...(company && { company }),
  };
  if (!(await confirm(talk, vacancy))) return talk.tell('staff.wizard.dropped');
  // Once: the same last answer again (after a crash) finds what it wrote.
  await conversation.external(() => deps.vacancies.add(vacancy));
  await talk.tell('staff.wizard.made', { title: { words: title } }, [
    [talk.said.button('staff.button.links', `v:links:${vacancy._id}`, { style: 'primary' })],
    [talk.said.button('staff.button.openVacancy', `v:open:${vacancy._id}`)],
  ]);
  await proposePeople(talk, vacancy._id);
}

/** What the candidate will see, and the rest in short. */
function confirm(talk: WizardTalk, vacancy: Vacancy): Promise<boolean> {
  const { said } = talk;
  const formatOf = (format: Format) => said.plain(`staff.format.${format}`);
  const params = {
    title: { words: vacancy.title },
    text: { words: vacancy.text },
    formats: vacancy.formats.map(formatOf).join(', '),
    auto: { key: vacancy.autoInvite ? 'staff.card.yes' : 'staff.card.no' },
    places: vacancy.places ?? said.plain('places.any'),
    place: [vacancy.address, vacancy.link].filter(Boolean).join('; ') || '—',
    questions: {
      lines: vacancy.questions.map(({ text, rule }, index) => ({
        key: rule?.knockOut ? 'staff.wizard.mustLine' : 'staff.wizard.questionLine',
        params: { number: index + 1, question: { words: text } },
      })),
    },
  };
  return askYes(talk, 'confirm', params);
}

function contactsOf({ conversation, deps }: WizardTalk, company: string): Promise<string[]> {
  return conversation.external(async () => (await deps.db.companies.findOne({ _id: company }))?.people ?? []);
}
