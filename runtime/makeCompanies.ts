import { createHash } from 'node:crypto';
import type { Company } from '../flows/companies/company.ts';
import type { CompanyCommand } from '../flows/companies/companyCommand.ts';
import type { CompanyFacts } from '../flows/companies/companyTurn.ts';
import { type CompanyDecision, decideCompany } from '../flows/companies/decideCompany.ts';
import type { KnownCompany } from '../flows/companies/similarNames.ts';
import type { Database } from '../models/database.ts';
import { insertNew, isDuplicate } from '../models/databaseErrors.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { ContractNotices } from './makeContractNotices.ts';
import { makeQueues } from './queues.ts';
import type { FactReader } from './readFacts.ts';
import type { Words } from './words.ts';

/** The one door through which companies are made and changed: decided, committed once, then told to the history. */
export interface Companies {
  /** Add one. The same command again gives the same company. */
  add(command: Extract<CompanyCommand, { type: 'addCompany' }>): Promise<CompanyDecision>;
  perform(company: string, command: CompanyCommand): Promise<CompanyDecision>;
  /** After a start: what was decided and does not stand in the history yet, and what is to be reminded of. */
  recover(): Promise<void>;
}

/** How often a decision is made again when another process was faster. */
const retries = 20;

export function makeCompanies(deps: {
  db: Pick<Database, 'companies' | 'ledger'>;
  clock: Pick<Clock, 'now'>;
  words: Pick<Words, 'lexicon'>;
  reader: Pick<FactReader, 'members'>;
  notices: ContractNotices;
}): Companies {
  const { db, clock, words, reader, notices } = deps;
  const queues = makeQueues();

  const factsOf = async ({ type }: CompanyCommand): Promise<CompanyFacts> => ({
    members: await reader.members(),
    words: Object.values(words.lexicon).map(({ company }) => company),
    others: type === 'addCompany' ? await namesOf(db) : [],
  });

  const decided = async (id: string, command: CompanyCommand): Promise<CompanyDecision> => {
    for (let tries = 0; tries < retries; tries += 1) {
      const company = (await db.companies.findOne({ _id: id })) ?? undefined;
      if (company?.unpublished) await publish(company);
      // Of one who is there already only an old command asks to be added.
      if (company && (command.type === 'addCompany' || company.decided.includes(command.id)))
        return { ok: true, company };
      const decision = decideCompany(company, command, await factsOf(command), clock.now(), id);
      if (!decision.ok) return decision;
      const next = { ...decision.company, unpublished: true };
      const done = await commit(company, next);
      if (done === 'again') continue;
      if (done !== 'done')
        return { ok: false, code: 'innTaken', params: { name: done.fields.name }, similar: [done._id] };
      await publish(next);
      return { ok: true, company: next };
    }
    throw new Error(`company ${id}: command ${command.id} lost ${retries} races`);
  };

  /** @returns the company that has the INN, when that is what stands against it */
  const commit = async (before: Company | undefined, next: Company): Promise<'done' | 'again' | Company> => {
    try {
      if (!before) await db.companies.insertOne(next);
      else {
        const where = { _id: before._id, version: before.version };
        if ((await db.companies.replaceOne(where, next)).matchedCount === 0) return 'again';
      }
      return 'done';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const { inn } = next.fields;
      const other = inn === undefined ? null : await db.companies.findOne({ 'fields.inn': inn });
      return other && other._id !== next._id ? other : 'again';
    }
  };

  /** Safe to repeat: each line has a key of its own. */
  const publish = async (company: Company): Promise<void> => {
    const { _id, version, outbox } = company;
    const at = clock.now();
    const rows = outbox.map(({ key, what, by, params }): LedgerRow => ({
      _id: key,
      kind: 'fact',
      at,
      company: _id,
      what,
      by,
      params,
    }));
    await insertNew(db.ledger, rows);
    await notices.arm(company);
    await db.companies.updateOne({ _id, version }, { $unset: { unpublished: 1 } });
  };

  const perform = (id: string, command: CompanyCommand) => queues.run(id, () => decided(id, command));

  return {
    perform,
    add: (command) => perform(createHash('sha256').update(command.id).digest('hex').slice(0, 12), command),
    recover: async () => {
      const left = await db.companies.find({ unpublished: true }).toArray();
      for (const company of left) await queues.run(company._id, () => publish(company));
      await notices.remind();
    },
  };
}

/** The names of all there are: an agency has hundreds of clients, thousands at most. */
async function namesOf(db: Pick<Database, 'companies'>): Promise<KnownCompany[]> {
  const rows = await db.companies
    .find({})
    .project<Pick<Company, '_id' | 'fields'>>({ 'fields.name': 1, 'fields.shortName': 1 })
    .toArray();
  return rows.map(({ _id, fields: { name, shortName } }) => ({ _id, name, ...(shortName && { shortName }) }));
}
