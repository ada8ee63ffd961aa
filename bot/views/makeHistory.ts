import { personName } from '../../flows/personName.ts';
import type { Member } from '../../flows/member.ts';
import type { Params } from '../../flows/effect.ts';
import type { LedgerRow } from '../../models/rows.ts';
import { escapeHtml, type Rendered } from '../../runtime/words.ts';
import { type Speech, speech } from '../speech.ts';
import type { StaffContext } from '../staffContext.ts';
import { nameOf } from './cardFacts.ts';
import { money } from './costViews.ts';

const perPage = 10;
/** Before what passed under a card that was joined. */
const joinedSign = '🔗';
/** Of each row, in characters: ten of them stay below Telegram's limit. */
const longest = 280;

/**
 * Everything that passed between the product and a candidate: messages both ways and facts, newest first; what passed
 * under a card that was joined to theirs is marked.
 */
export async function drawHistory(
  { staff: { db, words }, member }: Pick<StaffContext, 'staff' | 'member'>,
  candidate: { _id: string; name?: string; joined?: string[] },
  application: string,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const [rows, members] = await Promise.all([
    db.ledger
      .find({
        candidate: { $in: [candidate._id, ...(candidate.joined ?? [])] },
        // A card that was drawn anew says nothing to anybody.
        'message.key': { $not: /^view:/ },
      })
      .sort({ at: -1, _id: -1 })
      .skip(page * perPage)
      .limit(perPage + 1)
      .toArray(),
    db.members.find().toArray(),
  ]);
  const fromJoined = (row: LedgerRow) => row.candidate !== candidate._id;
  const shown = rows.slice(0, perPage);
  const lines = shown.map(
    (row) => (fromJoined(row) ? `${joinedSign} ` : '') + historyLine(said, row, members),
  );
  const legend = shown.some(fromJoined) ? [said.text('same.historyLegend')] : [];
  const title = said.text('staff.history.title', { name: personName(candidate), page: page + 1 });
  const turn = (to: number) => `s:history:${application}:${to}`;
  return {
    text: [title, ...legend, ...(lines.length > 0 ? lines : [said.text('staff.history.empty')])].join('\n\n'),
    buttons: [
      [
        ...(page > 0 ? [said.button('staff.button.newer', turn(page - 1))] : []),
        ...(rows.length > perPage ? [said.button('staff.button.older', turn(page + 1))] : []),
      ],
      [said.button('staff.button.card', `s:back:${application}`)],
    ].filter((row) => row.length > 0),
  };
}

/** One row of the ledger, in a line or two. */
export function historyLine(said: Speech, row: LedgerRow, members: Member[]): string {
  const time = { day: { at: row.at, as: 'day' as const }, time: { at: row.at, as: 'time' as const } };
  if (row.kind === 'in') {
    const text = [row.file ? `📎 ${escapeHtml(row.file.name)}` : '', escapeHtml(row.text ?? '')];
    return said.text('staff.history.in', time) + cut(text.filter(Boolean).join(' '));
  }
  if (row.kind === 'fact') {
    const by = row.by && members.some(({ _id }) => _id === row.by) ? ` — ${nameOf(members, row.by)}` : '';
    return (
      said.text('staff.history.fact', time) + cut(factText(said, row.what ?? '', row.params) + escapeHtml(by))
    );
  }
  const status = said.text(`staff.history.status.${row.status ?? 'pending'}`);
  const to = row.to && 'member' in row.to ? nameOf(members, row.to.member) : undefined;
  const head = to
    ? said.text('staff.history.toMember', { ...time, name: to })
    : said.text('staff.history.out', time);
  return `${head}${status}${wayOf(said, row)} ${cut(messageText(said, row))}`;
}

/** By which way it went, when that was not Telegram, and what it cost. */
function wayOf(said: Speech, { via, cost }: LedgerRow): string {
  if (!via || via.channel === 'telegram') return '';
  const name = said.text(`staff.history.via.${via.channel}`);
  // Gateways of SMS reckon in roubles.
  return cost === undefined ? ` ${name}` : ` ${name} (${money(said, cost, '\u20bd')})`;
}

function messageText(said: Speech, { message }: LedgerRow): string {
  if (!message) return '';
  const text = said.has(message.key) ? said.text(message.key, message.params) : message.key;
  return message.file ? `📎 ${text}` : text;
}

function factText(said: Speech, what: string, params?: Params): string {
  const key = `fact.${what}`;
  return said.has(key) ? said.text(key, params) : escapeHtml(what);
}

/** Plain words of an HTML text, at most so many: tags and half entities never remain. */
function cut(html: string): string {
  const plain = html.replace(/<[^>]+>/g, '').replace(/\s*\n\s*/g, ' ');
  return plain.length <= longest ? plain : `${plain.slice(0, longest).replace(/&[a-z#0-9]*$/i, '')}…`;
}
