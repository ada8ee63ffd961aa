import type { Member } from '../../flows/member.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { findCandidates } from '../findCandidates.ts';
import { inRows, speech } from '../speech.ts';
import { openData } from '../subject.ts';
import { pages } from './newLeads.ts';
import { titleOf } from './titleOf.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';

const perPage = 8;

/** Candidates that were found, a page of them; the numbered buttons open their cards. */
export async function drawCandidates(
  { db, words }: { db: Database; words: Words },
  member: Member,
  search: { id: string; query: string },
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const [vacancies, pipelines] = await Promise.all([vacanciesById(db), readPipelines(db)]);
  const { query } = search;
  const { hits, more } = await findCandidates(db, vacancies, query, page, perPage);
  const shownAs = query.startsWith('v:') ? titleOf(vacancies, query.slice(2)) : query.slice(0, 60);
  const title = query ? said.text('staff.find.title', { query: shownAs }) : said.text('staff.find.latest');
  if (hits.length === 0) {
    return {
      text: said.text(query ? 'staff.find.none' : 'staff.find.nobody', { query: shownAs }),
      buttons: [],
    };
  }
  const lines = hits.map(({ candidate, application }, index) =>
    said.text('staff.find.line', {
      number: page * perPage + index + 1,
      name: (candidate.name ?? '—').slice(0, 60),
      vacancy: application ? titleOf(vacancies, application.vacancy) : '—',
      stage: application ? stageName(pipelines, application) : { key: 'staff.person.free' },
      phone: candidate.phone ?? '—',
    }),
  );
  const buttons = hits.map(({ candidate, application }, index) => {
    const params = { number: page * perPage + index + 1 };
    return said.button('staff.button.number', openData({ candidate, ...(application && { application }) }), {
      params,
    });
  });
  return {
    text: [title, ...lines].join('\n\n'),
    buttons: [...inRows(buttons, 4), pages(said, `m:find:${search.id}`, page, more)].filter(
      (row) => row.length > 0,
    ),
  };
}
