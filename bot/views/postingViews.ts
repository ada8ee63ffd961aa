import type { Member } from '../../flows/member.ts';
import { postingKey } from '../../flows/sites/posting.ts';
import { postingLink } from '../../flows/sites/postingLink.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';

/** How many are shown, and can be taken off. */
const shown = 12;

/** A vacancy's ads on job sites and the numbers that are called about it: whoever comes by one is its lead. */
export function drawPostings(words: Words, member: Member, { _id, title, postings = [] }: Vacancy): Rendered {
  const said = speech(words, member);
  const latest = postings.slice(-shown);
  const lines = latest.map((posting, index) =>
    said.text('sites.posting.line', {
      number: index + 1,
      source: { key: `source.${posting.source}` },
      posting: postingLink(posting) ?? (posting.id || { key: 'sites.noPosting' }),
    }),
  );
  return {
    text: [
      said.text('sites.posting.title', { title: { words: title } }),
      lines.length > 0 ? lines.join('\n') : said.text('sites.posting.none'),
    ].join('\n\n'),
    buttons: [
      [said.button('sites.posting.add', `v:postingNew:${_id}`, { style: 'primary' })],
      ...latest.map((posting, index) => [
        said.button('sites.posting.off', `v:postingOff:${_id}:${postingKey(posting)}`, {
          params: { number: index + 1, posting: posting.id },
        }),
      ]),
      [said.button('staff.button.back', `v:open:${_id}`)],
    ],
  };
}
