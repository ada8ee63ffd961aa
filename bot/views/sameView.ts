import type { Sign } from '../../flows/duplicates/sameAs.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import { type Pair, readDuplicates } from '../../models/readDuplicates.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { isWeak, markOf, type Same } from '../findSame.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { dataOf, openData, type Subject, subjectOf } from '../subject.ts';
import { pages } from './newLeads.ts';

const perPage = 6;
/** So many people who look like somebody are read at once. */
const readAtOnce = 500;

/** By what two look alike, in words. */
export function signsText(said: Speech, signs: Sign[]): string {
  return signs.map((sign) => said.plain(`same.sign.${sign}`)).join(', ');
}

/** One person beside those who look like them, each with what can be done about it. */
export function drawSame(said: Speech, subject: Subject, same: Same[]): Rendered {
  const back = [said.button('staff.button.back', dataOf(subject, 'back'))];
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
    const data = openData(subjectOf(person));
    const mark = markOf(person);
    return [
      [said.button('same.button.join', dataOf(subject, 'join', mark), { params, style: 'primary' })],
      [
        said.button('same.button.card', data, { params }),
        said.button('same.button.different', dataOf(subject, 'differs', mark), { params }),
      ],
    ];
  });
  const { candidate: me } = subject;
  const mine = said.text('same.me', { name: me.name ?? '—', phone: me.phone ?? '—' });
  const title = said.text(same.every(isWeak) ? 'same.titleWeak' : 'same.title');
  return { text: [title, mine, others].join('\n\n'), buttons: [...rows, back] };
}

/** Everybody who was found to look like somebody else, a page at a time. */
export async function drawDuplicates(
  { db, words }: { db: Database; words: Words },
  member: Member,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const pairs = await pairsUpTo(db, (page + 1) * perPage + 1);
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
  const buttons = shown.map(({ person, other }, index) => {
    const one = person.applications.length > 0 ? person : other;
    const params = { number: number(index) };
    return said.button('same.button.open', dataOf(subjectOf(one), 'same'), { params });
  });
  const turn = pages(said, 'm:duplicates', page, pairs.length > (page + 1) * perPage);
  return {
    text: [said.text('same.list'), ...lines].join('\n\n'),
    buttons: [...inRows(buttons, 2), ...(turn.length > 0 ? [turn] : [])],
  };
}

/** At least so many pairs, where there are as many: those that were told apart or joined since are passed over. */
async function pairsUpTo(db: Database, count: number): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let after: string | undefined; pairs.length < count;) {
    const read = await readDuplicates(db, { limit: readAtOnce, ...(after !== undefined && { after }) });
    pairs.push(...read.pairs);
    after = read.people.at(-1)?._id;
    if (after === undefined || read.people.length < readAtOnce) break;
  }
  return pairs;
}
