import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Sign } from '../../flows/duplicates/sameAs.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import { readDuplicates } from '../../models/readDuplicates.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { markOf, type Same } from '../findSame.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { pages } from './newLeads.ts';

const perPage = 6;
/** So many people who look like somebody are looked at. */
const lookedAt = 500;

/** By what two look alike, in words. */
export function signsText(said: Speech, signs: Sign[]): string {
  return signs.map((sign) => said.plain(`same.sign.${sign}`)).join(', ');
}

/** One person beside those who look like them, each with what can be done about it. */
export function drawSame(said: Speech, me: Candidate, application: Application, same: Same[]): Rendered {
  const back = [said.button('staff.button.back', `s:back:${application.id}`)];
  if (same.length === 0) return { text: said.text('same.none'), buttons: [back] };
  const others = same
    .map(({ person, signs }, index) =>
      said.text('same.line', {
        number: index + 1,
        name: person.name ?? '—',
        phone: person.phone ?? '—',
        signs: signsText(said, signs),
        count: person.applications.length,
      }),
    )
    .join('\n');
  const rows = same.flatMap(({ person }, index) => {
    const params = { number: index + 1 };
    const last = person.applications.at(-1)?.id;
    const data = last ? `s:card:${last}` : `c:person:${person._id}`;
    const mark = markOf(person);
    return [
      [said.button('same.button.join', `s:join:${application.id}:${mark}`, { params, style: 'primary' })],
      [
        said.button('same.button.card', data, { params }),
        said.button('same.button.different', `s:differs:${application.id}:${mark}`, { params }),
      ],
    ];
  });
  const mine = said.text('same.me', { name: me.name ?? '—', phone: me.phone ?? '—' });
  return { text: [said.text('same.title'), mine, others].join('\n\n'), buttons: [...rows, back] };
}

/** Everybody who was found to look like somebody else, a page at a time. */
export async function drawDuplicates(
  { db, words }: { db: Database; words: Words },
  member: Member,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const { pairs } = await readDuplicates(db, { limit: lookedAt });
  if (pairs.length === 0) return { text: said.text('same.listNone'), buttons: [] };
  const shown = pairs.slice(page * perPage, (page + 1) * perPage);
  const number = (index: number) => page * perPage + index + 1;
  const lines = shown.map(({ person, other, signs }, index) =>
    said.text('same.listLine', {
      number: number(index),
      name: person.name ?? '—',
      other: other.name ?? '—',
      signs: signsText(said, signs),
    }),
  );
  const buttons = shown.flatMap(({ person, other }, index) => {
    const last = (person.applications.at(-1) ?? other.applications.at(-1))?.id;
    const params = { number: number(index) };
    return last ? [said.button('same.button.open', `s:same:${last}`, { params })] : [];
  });
  const turn = pages(said, 'm:duplicates', page, pairs.length > (page + 1) * perPage);
  return {
    text: [said.text('same.list'), ...lines].join('\n\n'),
    buttons: [...inRows(buttons, 2), ...(turn.length > 0 ? [turn] : [])],
  };
}
