import type { Application } from '../candidate.ts';
import { copyPlain } from '../copyPlain.ts';
import { beforeAct, keepUndo } from '../keepUndo.ts';
import { same } from '../ladder.ts';
import { isOpen } from '../pipelines/stages.ts';
import { stageToReturn } from '../blacklist.ts';
import { leave } from '../refuse.ts';
import { isService } from '../isService.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { doublesOf } from './doublesOf.ts';
import { elderFirst } from './elderFirst.ts';
import type { Join, Joining } from './joining.ts';
import { joinSelves } from './joinSelves.ts';
import { mayJoin } from './mayJoin.ts';
import { selfOf } from './selfOf.ts';

type Absorbed = Extract<Joining, { type: 'absorbed' }>;

/**
 * The elder of two cards has everything of the younger: nobody is told but the recruiters, and nothing ends but what
 * would be there twice, and what the blacklist ends. Said again, it changes nothing.
 */
export function absorb(turn: Turn, event: Absorbed): Refused {
  const { state: elder, facts } = turn;
  const { by, from, person, keep } = event;
  if (elder.joined?.includes(from)) return undefined;
  if (elderFirst(elder, person)[0] !== elder) return { code: 'notAllowed' };
  if (!isService(by) && !mayJoin(turn.member(by), elder, facts.vacancies)) return { code: 'notAllowed' };
  const join: Join = {
    from,
    at: turn.now,
    by,
    event: event.event,
    before: selfOf(elder),
    was: selfOf(person),
    theirs: person.applications.map(({ id }) => id),
    joined: person.joined ?? [],
    ended: [],
    changed: [],
  };
  const joined = [...new Set([...(elder.joined ?? []), ...join.joined, from])];
  const applications = [...elder.applications, ...copyPlain(person.applications)];
  turn.state = {
    ...joinSelves(elder, copyPlain(person), keep),
    version: elder.version,
    decided: elder.decided,
    outbox: elder.outbox,
    ...(elder.unpublished && { unpublished: true }),
    ...(elder.handing && { handing: elder.handing, merging: true }),
    ...(elder.parted && {
      parted: elder.parted.filter((one) => !person.channels.some((chat) => same(chat, one))),
    }),
    joined,
    applications: applications.sort((a, b) => a.createdAt - b.createdAt),
  };
  tellOthers(turn, by, [elder.name, person.name]);
  endDoubles(turn, by, join);
  endBlacklisted(turn, by, join);
  link(turn);
  turn.state.join = join;
  turn.fact('joined', turn.state.applications.at(-1)?.id, by, {
    name: person.name ?? '—',
    phone: person.phone ?? '—',
    card: from,
  });
  return undefined;
}

/** Never two live applications on one vacancy. */
function endDoubles(turn: Turn, by: string, join: Join): void {
  for (const { stays, ends } of doublesOf(turn.facts.pipelines, turn.state.applications))
    for (const one of ends) {
      end(turn, one, 'withdrawn', by, join);
      turn.fact('joinedAway', one.id, by, { stage: turn.stageName(stays) });
    }
}

/** The blacklist is the person's, whichever card it stood on. */
function endBlacklisted(turn: Turn, by: string, join: Join): void {
  const { blacklisted, applications } = turn.state;
  if (!blacklisted) return;
  delete turn.state.dialog;
  for (const one of applications.filter(({ stage }) => isOpen(stage))) {
    blacklisted.ended = [
      ...(blacklisted.ended ?? []),
      { application: one.id, stage: stageToReturn(turn, one) },
    ];
    end(turn, one, 'blacklist', by, join);
    turn.fact('blacklisted', one.id, by, { reason: blacklisted.reason });
  }
}

/** End an application as an act that can be taken back with the joining alone. */
function end(turn: Turn, one: Application, stage: 'withdrawn' | 'blacklist', by: string, join: Join): void {
  const before = beforeAct(turn, one);
  leave(turn, one, stage, by, stage === 'withdrawn');
  keepUndo(turn, one, { type: 'detach', application: one.id, by }, before);
  const { undo, previous, next, waiting, group } = one;
  const place = group && group.state !== 'booked' ? { group } : {};
  const kept = {
    ...(previous && { previous }),
    ...(next && { next }),
    ...(waiting && { waiting }),
    ...place,
  };
  const called = stage === 'withdrawn' ? meetingOf(before.application, turn.now) : {};
  if (undo) join.ended.push({ application: one.id, undo: { ...undo, act: 'join' }, kept, ...called });
  delete one.undo;
}

/** Of a meeting to come nobody but the staff has heard that it is off: taken back, it is the one it was. */
function meetingOf({ interview, interviewVersion: version, offered }: Application, now: number) {
  if (!interview || interview.group || interview.attendance !== undefined || interview.start <= now)
    return {};
  return { called: { interview, version, until: interview.start, ...(offered && { offered }) } };
}

/** An earlier application on a vacancy is followed by the later one, as if the person had come back. */
function link(turn: Turn): void {
  const { applications } = turn.state;
  for (const many of Map.groupBy(applications, ({ vacancy }) => vacancy).values()) {
    const loose = many.filter(({ next }) => next === undefined);
    const last = loose.findLast(({ stage }) => isOpen(stage)) ?? loose.at(-1);
    for (const one of loose) {
      if (!last || one === last) continue;
      one.next = last.id;
      last.previous ??= one.id;
    }
  }
}

/** Whoever has one of the other's applications hears that it stands on this card now. */
function tellOthers(turn: Turn, by: string, names: (string | undefined)[]): void {
  const told = new Set([by]);
  for (const one of turn.state.applications) {
    if (!isOpen(one.stage) || one.recruiter === undefined || told.has(one.recruiter)) continue;
    told.add(one.recruiter);
    const [first = '—', other = '—'] = names;
    turn.tell(one, 'same.joinedNotice', { one: first, other });
  }
}
