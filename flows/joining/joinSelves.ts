import type { Candidate, Reach } from '../candidate.ts';
import { traitsOf } from '../channels.ts';
import { same } from '../ladder.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Keep, Self } from './joining.ts';

/**
 * Who the two are together. What both have is the elder's but for what was chosen; of consents the newest, of
 * withdrawals each, of blacklists either holds. What does not stay in view is kept to be found by.
 */
export function joinSelves(elder: Candidate, younger: Candidate, keep: Keep): Self {
  const both = [elder, younger];
  const name = pick(keep.name, elder.name, younger.name);
  const phone = pick(keep.phone, elder.phone, younger.phone);
  const email = elder.email ?? younger.email;
  const known = {
    ...defined({ name, phone, email }),
    ...defined({
      username: younger.username ?? elder.username,
      birthday: elder.birthday ?? younger.birthday,
    }),
    ...alsoOf(both, { name, phone, email }),
  };
  return {
    _id: elder._id,
    createdAt: elder.createdAt,
    ...talkOf(elder, younger),
    ...known,
    ...wishesOf(elder, younger),
    ...toldOf(elder, younger),
  };
}

/** Chats, language, time zone and what is being asked: the chat that is asked in comes first, else the newer one. */
function talkOf(elder: Candidate, younger: Candidate) {
  const asked =
    [elder, younger].find(({ dialog }) => dialog && dialog.kind !== 'consent') ??
    [elder, younger].find(({ dialog }) => dialog);
  const talks = (person: Candidate) => person.channels.some(({ channel }) => traitsOf[channel].talks);
  const first = asked ?? (talks(younger) ? younger : elder);
  const placed = elder.city ? elder : younger.city ? younger : first;
  const other = first === elder ? younger : elder;
  const channels = [...first.channels, ...other.channels].filter(onlyFirst);
  const closed = [...(elder.closed ?? []), ...(younger.closed ?? [])].filter(onlyFirst);
  const relay = later(elder.relay, younger.relay, ({ until }) => until);
  const held = later(elder.held, younger.held, ({ until }) => until);
  return {
    channels,
    lang: first.lang,
    zone: placed.zone,
    ...defined({ city: placed.city, dialog: asked?.dialog, link: elder.link, relay, held }),
    ...(closed.length > 0 && { closed }),
  };
}

/** What they agreed to and do not want: whoever said no once has said it. */
function wishesOf(elder: Candidate, younger: Candidate) {
  const noBroadcasts = later(elder.noBroadcasts, younger.noBroadcasts, (at) => at);
  const consent = later(elder.consent, younger.consent, ({ at }) => at);
  const adsConsent = later(elder.adsConsent, younger.adsConsent, (at) => at);
  return {
    ...defined({ consent, noBroadcasts, adsConsent, notLooking: notLooking(elder, younger) }),
    ...((elder.stopped || younger.stopped) && { stopped: true }),
  };
}

/** Whoever is in work with one of the cards looks for work. */
function notLooking(elder: Candidate, younger: Candidate): Candidate['notLooking'] {
  const looks = (person: Candidate) =>
    !person.notLooking && person.applications.some((one) => isOpen(one.stage));
  if (looks(elder) || looks(younger)) return undefined;
  return later(elder.notLooking, younger.notLooking, ({ at }) => at);
}

/** What is kept about them by others. */
function toldOf(elder: Candidate, younger: Candidate) {
  const pair = [elder._id, younger._id];
  const others = (one: string[] = [], two: string[] = []) =>
    [...new Set([...one, ...two])].filter((id) => !pair.includes(id));
  const duplicates = others(elder.duplicates, younger.duplicates);
  const notSame = others(elder.notSame, younger.notSame);
  const apart = others(elder.apart, younger.apart);
  const notes = [...(elder.notes ?? []), ...(younger.notes ?? [])].sort((a, b) => a.at - b.at);
  const offers = [...(elder.offers ?? []), ...(younger.offers ?? [])].sort((a, b) => a.at - b.at);
  const [black, other] = elder.blacklisted ? [elder, younger] : [younger, elder];
  const ended = [...(black.blacklisted?.ended ?? []), ...(other.blacklisted?.ended ?? [])];
  return {
    ...(duplicates.length > 0 && { duplicates }),
    ...(notSame.length > 0 && { notSame }),
    ...(apart.length > 0 && { apart }),
    ...(offers.length > 0 && { offers }),
    ...(notes.length > 0 && { notes }),
    ...(black.blacklisted && {
      blacklisted: { ...black.blacklisted, ...(ended.length > 0 && { ended }) },
    }),
  };
}

/** Names, numbers and mailboxes beside the ones in view. */
function alsoOf(
  both: Candidate[],
  {
    name,
    phone,
    email,
  }: { name?: string | undefined; phone?: string | undefined; email?: string | undefined },
): Pick<Candidate, 'also'> {
  const rest = (shown: string | undefined, all: (string | undefined)[]) =>
    [...new Set(all)].filter((one): one is string => one !== undefined && one !== shown);
  const names = rest(
    name,
    both.flatMap((one) => [one.name, ...(one.also?.names ?? [])]),
  );
  const phones = rest(
    phone,
    both.flatMap((one) => [one.phone, ...(one.also?.phones ?? [])]),
  );
  const emails = rest(
    email,
    both.flatMap((one) => [one.email, ...(one.also?.emails ?? [])]),
  );
  return names.length + phones.length + emails.length > 0 ? { also: { names, phones, emails } } : {};
}

function pick<T>(side: Keep['name'], elder: T | undefined, younger: T | undefined): T | undefined {
  return side === 'elder' ? (elder ?? younger) : (younger ?? elder);
}

function later<T>(a: T | undefined, b: T | undefined, at: (value: T) => number): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return at(b) > at(a) ? b : a;
}

function onlyFirst(
  one: Pick<Reach, 'channel' | 'address'>,
  index: number,
  all: Pick<Reach, 'channel' | 'address'>[],
): boolean {
  return all.findIndex((other) => same(one, other)) === index;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is not known: an empty field is no field. */
function defined<T extends object>(value: T): Defined<T>;
function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
