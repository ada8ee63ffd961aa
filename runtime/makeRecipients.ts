import type { Candidate } from '../flows/candidate.ts';
import type { Place, Way } from '../flows/channels.ts';
import { ladder, same } from '../flows/ladder.ts';
import type { Member } from '../flows/member.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { followCard } from '../models/followCard.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Channels } from './channel.ts';
import type { FactReader } from './readFacts.ts';
import type { Reader } from './words.ts';

/** Who gets a message, and where they read it; without `reach` no way is left. */
export interface Recipient {
  person?: Candidate;
  member?: Member;
  reach?: Reader & { place: Way };
}

/**
 * Finds who a row of the ledger is for and the best way to them that was not tried in vain.
 *
 * @returns a function of the row, the ways that were tried, and the candidate when it is at hand
 */
export function makeRecipients(deps: {
  db: Pick<Database, 'candidates' | 'invites'>;
  channels: Channels;
  policy: Policy;
  reader: () => FactReader;
}): (row: LedgerRow, tried: Way[], state?: Candidate) => Promise<Recipient> {
  const { db, channels, policy } = deps;

  const toMember = async ({ only }: LedgerRow, id: string, tried: Way[]): Promise<Recipient> => {
    const member = (await deps.reader().members()).find(({ _id }) => _id === id);
    if (!member?.active) return {};
    const { telegram, email, lang, zone } = member;
    const all: Place[] = [
      ...(telegram ? [{ channel: 'telegram' as const, address: telegram }] : []),
      ...(email ? [{ channel: 'email' as const, address: email }] : []),
    ];
    const place = all.find(
      (one) =>
        channels[one.channel] !== undefined &&
        (only?.includes(one.channel) ?? true) &&
        !tried.some((other) => same(one, other)),
    );
    return { member, ...(place && { reach: { place, lang, zone } }) };
  };

  /** Whoever is invited is nobody here yet: a letter, and no other way. */
  const toInvited = async (id: string, tried: Way[]): Promise<Recipient> => {
    const invite = await db.invites.findOne({ _id: id });
    if (!invite?.email || !channels.email || tried.length > 0) return {};
    const { role, name = '', lang = policy.lang, email } = invite;
    const { zone } = policy;
    const member = { _id: id, role, name, lang, zone, active: true, hours: { week: {}, off: [], buffer: 0 } };
    return { member, reach: { place: { channel: 'email', address: email }, lang, zone } };
  };

  /** The group reads with the agency's eyes; what is drawn there is drawn as for the head, who may see everything. */
  const toDesk = (candidate: string, tried: Way[]): Recipient => {
    if (policy.deskChat === '' || tried.length > 0) return {};
    const { lang, zone } = policy;
    const member = {
      _id: 'desk',
      role: 'head' as const,
      name: '',
      lang,
      zone,
      active: true,
      hours: { week: {}, off: [], buffer: 0 },
    };
    return { member, reach: { place: { channel: 'desk', address: candidate }, lang, zone } };
  };

  const toCandidate = async (
    row: LedgerRow,
    id: string,
    tried: Way[],
    state?: Candidate,
  ): Promise<Recipient> => {
    const person = state?._id === id ? state : await followCard(db, id);
    if (!person) return {};
    const wanted = {
      prompt: row.prompt === true,
      mustArrive: mustArrive(row),
      tried,
      ...(row.only && { only: row.only }),
    };
    const [place] = ladder(person, wanted, (channel) => channels[channel] !== undefined);
    return { person, ...(place && { reach: { place, lang: person.lang, zone: person.zone } }) };
  };

  /** The person reads it at the site, in the language they speak with us. */
  const toSource = async (
    row: LedgerRow,
    { source, response }: Extract<LedgerRow['to'], { source: unknown }>,
    tried: Way[],
  ): Promise<Recipient> => {
    const person = row.candidate === undefined ? undefined : await followCard(db, row.candidate);
    if (!person) return {};
    const place = { channel: 'source' as const, address: `${source}:${response}` };
    return { person, ...(tried.length === 0 && { reach: { place, lang: person.lang, zone: person.zone } }) };
  };

  return async (row, tried, state) => {
    const { to } = row;
    if (!to) return {};
    // Nobody here any more: where they wrote from.
    if ('chat' in to) return { reach: { place: to.chat, lang: to.lang, zone: to.zone } };
    if ('member' in to) return toMember(row, to.member, tried);
    if ('source' in to) return toSource(row, to, tried);
    if ('invite' in to) return toInvited(to.invite, tried);
    return 'desk' in to ? toDesk(to.desk, tried) : toCandidate(row, to.candidate, tried, state);
  };
}

/** Invitations and reminders: whatever goes about an interview as it stands. */
export function mustArrive({ interviewVersion }: Pick<LedgerRow, 'interviewVersion'>): boolean {
  return interviewVersion !== undefined;
}
