import { createHash } from 'node:crypto';
import type { Posting } from '../flows/sites/posting.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { FoundLead } from '../flows/sites/foundLead.ts';
import { followCard } from '../models/followCard.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { FoundRow, PostingRow } from '../models/rows.ts';
import { callOfKnown } from './callOfKnown.ts';
import { makeReminding } from './makeReminding.ts';
import { newLeadOf } from './newLeadOf.ts';
import type { SourceDeps } from './makeSources.ts';

/** How many are put on their vacancies at once. */
const handful = 50;
/** How long somebody who could not be put there waits for the next attempt: twice as long each time, in milliseconds. */
const firstPause = 1_000;
const longestPause = 300_000;

/** Who holds it puts people on vacancies; everybody else leaves that to them. */
export const bringingLane = 'found';

/** Puts whoever was found on the vacancy that their posting stands on; the others wait until the head says which that is. */
export function makeBringing(
  deps: Pick<SourceDeps, 'db' | 'clock' | 'policy' | 'desk' | 'lanes' | 'tellHeads' | 'log'>,
) {
  const { db, clock, desk, lanes, tellHeads, log } = deps;
  const remind = makeReminding(deps);

  /** Its posting stands on an open vacancy now: whoever waits goes there. @param dropped whoever was put aside, too */
  const release = async (_id: string, dropped = false): Promise<void> => {
    const from: FoundRow['status'][] = ['waiting', ...(dropped ? (['dropped'] as const) : [])];
    await db.found.updateMany({ posting: _id, status: { $in: from } }, { $set: { status: 'new' } });
    await db.postings.deleteOne({ _id });
  };

  const standsOn = ({ source, id }: Posting) =>
    db.vacancies.findOne({ postings: { $elemMatch: { source, id } } });

  const ask = async (row: FoundRow, posting: Posting): Promise<PostingRow> => {
    const asked: PostingRow = { _id: row.posting, ...posting, status: 'asked', at: clock.now() };
    await insertNew(db.postings, [asked]);
    return (await db.postings.findOne({ _id: row.posting })) ?? asked;
  };

  /** On no open vacancy of ours: the head hears of it once, and is asked which it is. */
  const wait = async (row: FoundRow, posting: Posting, closed: Vacancy | null): Promise<void> => {
    const { _id, status, at } = await ask(row, posting);
    if (status === 'notOurs') return void (await turn(row, { status: 'dropped' }));
    const params = {
      source: { key: `source.${posting.source}` },
      posting: posting.id || { key: 'sites.noPosting' },
      name: row.lead?.name ?? row.lead?.phone ?? '—',
      vacancy: { words: closed?.title ?? { ru: '' } },
    };
    const data = (verb: string) => `si:${verb}:${_id}`;
    await tellHeads(`posting:${_id}:${at}`, {
      key: `sites.${closed ? 'closed' : 'unknown'}${row.lead?.call ? 'Call' : ''}`,
      params,
      buttons: [
        [{ label: { key: 'sites.button.pick' }, data: data('pick'), style: 'primary' }],
        ...(closed ? [[{ label: { key: 'sites.button.vacancy' }, data: `v:open:${closed._id}` }]] : []),
        [{ label: { key: 'sites.button.drop' }, data: data('drop') }],
      ],
    });
    await turn(row, { status: 'waiting' });
  };

  const turn = ({ _id }: FoundRow, set: Partial<FoundRow>) =>
    db.found.updateOne({ _id, status: 'new' }, { $set: set });

  /** They stand on a card, which has no number yet. */
  const giveNumber = async (
    row: FoundRow,
    candidate: string,
    application: string,
    { phone = '' }: FoundLead,
  ): Promise<void> => {
    const known = (await followCard(db, candidate))?.phone;
    const event = { id: `${row._id}:phone`, type: 'setPhone' as const, application, by: 'bot', phone };
    // A number nobody can ring is refused, and stays with the source.
    if (known === undefined) await desk.perform(candidate, event);
    await settle(row);
  };

  /** They stand on a card; unless the source has told their number in between, nothing more is to be done. */
  const settle = ({ _id, noPhone }: FoundRow) =>
    db.found.updateOne(
      { _id, ...(noPhone && { noPhone }) },
      { $set: { status: 'taken' }, $unset: { lead: 1 } },
    );

  const bringOne = async (row: FoundRow): Promise<void> => {
    const { source, lead } = row;
    const posting = { source, id: row.posting.slice(source.length + 1) };
    if (!lead) return void (await turn(row, { status: 'dropped' }));
    if (row.application !== undefined) return giveNumber(row, row.candidate ?? '', row.application, lead);
    const vacancy = await standsOn(posting);
    const heard = lead.call && (await callOfKnown({ db, desk }, row, lead, vacancy?._id));
    if (heard) return void (await db.found.updateOne({ _id: row._id }, { $set: heard, $unset: { lead: 1 } }));
    if (vacancy?.status !== 'open') return wait(row, posting, vacancy);
    const id = createHash('sha256').update(row._id).digest('hex').slice(0, 16);
    const { candidate, application } = await desk.addCandidate(newLeadOf(id, source, vacancy._id, lead));
    await db.found.updateOne({ _id: row._id }, { $set: { candidate, application } });
    await settle(row);
  };

  const later = async ({ _id, tries = 0 }: FoundRow): Promise<void> => {
    const after = clock.real() + Math.min(firstPause * 2 ** tries, longestPause);
    await db.found.updateOne({ _id }, { $set: { tries: Math.min(tries + 1, 20), after } });
  };

  /** A vacancy was opened, or a posting was put on it, while somebody waits. */
  const releaseOpened = async (): Promise<void> => {
    const asked = await db.postings.find({ status: 'asked' }).toArray();
    for (const posting of asked) if ((await standsOn(posting))?.status === 'open') await release(posting._id);
    await remind(asked);
  };

  return {
    release,
    /** What was being decided when a process died is looked at anew; nobody is told twice by it. */
    lookAnew: () => db.found.updateMany({ status: 'waiting' }, { $set: { status: 'new' } }),
    bring: async (): Promise<void> => {
      await releaseOpened();
      const due = { $or: [{ after: { $exists: false } }, { after: { $lte: clock.real() } }] };
      const rows = await db.found
        .find({ status: 'new', ...due })
        .sort({ at: 1 })
        .limit(handful)
        .toArray();
      for (const row of rows) {
        // Two processes that look for one new number at once would make two people of it.
        if (!(await lanes.hold(bringingLane))) return;
        try {
          await bringOne(row);
        } catch (error) {
          log({ level: 'error', lead: row._id, error: error instanceof Error ? error.stack : 'unknown' });
          await later(row);
        }
      }
    },
  };
}
