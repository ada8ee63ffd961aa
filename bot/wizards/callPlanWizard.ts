import type { Application, Candidate } from '../../flows/candidate.ts';
import { type CallKind, kindsOfCalls, specOfCall } from '../../flows/clientCalls/callKinds.ts';
import type { Participant } from '../../flows/clientCalls/clientCall.ts';
import type { Member } from '../../flows/member.ts';
import type { Stage } from '../../flows/pipelines/stages.ts';
import type { Database } from '../../models/database.ts';
import { readMoment } from '../readMoment.ts';
import { titleOfCompany } from '../views/companyList.ts';
import { askSome } from './askSome.ts';
import type { Accepted, WizardTalk } from './wizardTalk.ts';

/** Where somebody stands whom a client meets at a call of this kind. */
const stages: Record<CallKind, Stage[]> = {
  first: [],
  interview: ['agreeing', 'clientInterview', 'decision'],
  repeat: ['agreeing', 'clientInterview', 'offer'],
  introductory: ['offer', 'starting', 'work'],
};

type Whom = { company: string; client?: string };

/** Plan a call with a client: its kind, with whom, when, who takes part. One that was held already is noted at once. */
export async function callPlanWizard(talk: WizardTalk): Promise<void> {
  const { deps, member, conversation, said } = talk;
  const kind = await askKind(talk);
  const whom = await askClient(talk);
  const { start, update } = await askStart(talk);
  const people = specOfCall(kind).people ? await askPeople(talk, kind, whom) : [];
  const lead = specOfCall(kind).lead ? await askLead(talk) : undefined;
  const decision = await conversation.external((ctx) =>
    deps.clientCalls.plan({
      id: `tg:${ctx.me.id}:${update}:call`,
      by: member._id,
      type: 'planCall',
      kind,
      start,
      manager: member._id,
      ...whom,
      people,
      ...(lead && { lead }),
    }),
  );
  if (!decision.ok)
    return talk.tell('clientCall.wizard.refused', { why: { key: `refusal.${decision.code}` } });
  const { _id } = decision.call;
  const now = await conversation.external(() => deps.clock.now());
  await talk.tell(
    start > now ? 'clientCall.wizard.planned' : 'clientCall.wizard.kept',
    { kind: { key: `clientCall.kind.${kind}` }, company: whom.company, when: { at: start, as: 'dateTime' } },
    [
      ...(start > now
        ? []
        : [[said.button('clientCall.button.report', `cc:report:${_id}`, { style: 'primary' })]]),
      [said.button('clientCall.button.open', `cc:open:${_id}`)],
    ],
  );
}

function askKind(talk: WizardTalk): Promise<CallKind> {
  const buttons = kindsOfCalls.map((kind) => [talk.button('kind', kind, `clientCall.kind.${kind}`)]);
  return talk.ask({ step: 'kind', key: 'clientCall.wizard.kind', buttons }, (answer): Accepted<CallKind> => {
    const kind = 'tapped' in answer ? kindsOfCalls.find((one) => one === answer.tapped) : undefined;
    return kind ? { value: kind } : { hint: 'clientCall.wizard.useButtons' };
  });
}

async function askClient(talk: WizardTalk): Promise<Whom> {
  const { deps, conversation } = talk;
  const clients = await conversation.external(() =>
    deps.db.members.find({ role: 'client', active: true }).limit(20).toArray(),
  );
  const firms = await conversation.external(() => companiesOf(deps.db, clients));
  const nameOf = ({ _id, company, name }: Member) => firms[_id] ?? company ?? name;
  const labelOf = (client: Member) =>
    firms[client._id] === undefined ? nameOf(client) : `${nameOf(client)}, ${client.name}`;
  const buttons = clients.map((client) => [
    { ...talk.button('client', client._id, 'clientCall.wizard.done'), label: labelOf(client).slice(0, 60) },
  ]);
  return talk.ask({ step: 'client', key: 'clientCall.wizard.client', buttons }, (answer): Accepted<Whom> => {
    if ('tapped' in answer) {
      const client = clients.find(({ _id }) => _id === answer.tapped);
      return client
        ? { value: { company: nameOf(client), client: client._id } }
        : { hint: 'clientCall.wizard.useButtons' };
    }
    const company = answer.text.trim().replace(/\s+/g, ' ');
    return company.length > 0 && company.length <= 100
      ? { value: { company } }
      : { hint: 'clientCall.wizard.badCompany' };
  });
}

/** For whom each client speaks, by the company's own document. */
async function companiesOf(
  db: Pick<Database, 'companies'>,
  clients: Member[],
): Promise<Record<string, string>> {
  const ids = clients.map(({ _id }) => _id);
  const found = await db.companies.find({ people: { $in: ids }, archived: { $exists: false } }).toArray();
  return Object.fromEntries(
    found.flatMap((company) => company.people.map((id) => [id, titleOfCompany(company).slice(0, 100)])),
  );
}

/** The time as it is typed; what it means hangs on the moment it was typed at. */
async function askStart(talk: WizardTalk): Promise<{ start: number; update: number }> {
  const { deps, conversation, member } = talk;
  const held = [[talk.button('when', 'held', 'clientCall.button.held')]];
  for (let key = 'clientCall.wizard.when'; ;) {
    const answer = await talk.ask({ step: 'when', key, buttons: held }, (given) => ({ value: given }));
    const now = await conversation.external(() => deps.clock.now());
    if ('tapped' in answer) return { start: now, update: answer.update };
    const moment = readMoment(deps, member, answer.text, now);
    if (moment.ok) return { start: moment.at, update: answer.update };
    key = `calls.moment.${moment.code}`;
  }
}

/** The candidates of this client who stand where such a call is held, ticked one by one. */
async function askPeople(talk: WizardTalk, kind: CallKind, { client }: Whom): Promise<Participant[]> {
  const { deps, conversation } = talk;
  const known = await conversation.external(async () => {
    const vacancies = (await deps.db.vacancies.find().toArray()).filter((one) => one.client === client);
    const ids = vacancies.map(({ _id }) => _id);
    const people = await deps.db.candidates.find({ 'applications.stage': { $in: stages[kind] } }).toArray();
    const fits = ({ vacancy, stage }: Application) => ids.includes(vacancy) && stages[kind].includes(stage);
    return people
      .flatMap(({ _id, name, applications }: Candidate) =>
        applications
          .filter(fits)
          .map(({ id }) => ({ candidate: _id, application: id, name: (name ?? '—').slice(0, 50) })),
      )
      .slice(0, 30);
  });
  if (known.length === 0) {
    await talk.tell('clientCall.wizard.noPeople');
    return [];
  }
  const items = known.map(({ application, name }) => ({ value: application, label: name }));
  const question = { step: 'people', key: 'clientCall.wizard.people' };
  const chosen = await askSome(talk, question, items, { done: 'clientCall.wizard.done' });
  return known
    .filter(({ application }) => chosen.includes(application))
    .map(({ candidate, application }) => ({ candidate, application }));
}

async function askLead(talk: WizardTalk): Promise<string | undefined> {
  const { deps, conversation } = talk;
  const staff = await conversation.external(() =>
    deps.db.members
      .find({ role: { $in: ['recruiter', 'head'] }, active: true })
      .limit(30)
      .toArray(),
  );
  const buttons = staff.map(({ _id, name }) => [
    { ...talk.button('lead', _id, 'clientCall.wizard.done'), label: name.slice(0, 60) },
  ]);
  const none = [talk.button('lead', '-', 'clientCall.wizard.noLead')];
  return talk.ask<string | undefined>(
    { step: 'lead', key: 'clientCall.wizard.lead', buttons: [...buttons, none] },
    (answer) =>
      'tapped' in answer
        ? { value: staff.find(({ _id }) => _id === answer.tapped)?._id }
        : { hint: 'clientCall.wizard.useButtons' },
  );
}
