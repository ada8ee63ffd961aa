import type { Application } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import { blacklist, liftBlacklist } from './blacklist.ts';
import { invite } from './dialogs/slotChoice.ts';
import { dropInterview } from './dropInterview.ts';
import { keepPast } from './keepPast.ts';
import { stopLooking } from './lookingForWork.ts';
import { named } from './named.ts';
import { enter } from './pipelines/enter.ts';
import { outcomeOf } from './pipelines/outcome.ts';
import { movesOf } from './pipelines/specOf.ts';
import { isOpen, type Stage } from './pipelines/stages.ts';
import { leave, refusalOf, refuse, reopen, sayCancelled } from './refuse.ts';
import type { Command, Refused } from './staffCommand.ts';
import { take } from './take.ts';
import type { Turn } from './turn.ts';
import { wrongStage } from './wrongStage.ts';

type Moves =
  'take' | 'invite' | 'reserve' | 'refuse' | 'blacklist' | 'move' | 'outcome' | 'judgePortrait' | 'detach';

/** What moves an application from stage to stage. */
export const stageCommands: { [T in Extract<StaffCommand['type'], Moves>]: Command<T> } = {
  take: (turn, application, { by }) => {
    if (application.taken !== undefined && application.recruiter !== by) {
      return { code: 'alreadyTaken', params: { name: turn.member(application.recruiter)?.name ?? '—' } };
    }
    if (application.taken !== undefined) return undefined;
    take(turn, application, by);
    turn.fact('taken', application.id, by);
    return undefined;
  },
  invite: (turn, application, { by }) => {
    const refused = to(turn, application, 'invited', by);
    if (refused) return refused;
    invite(turn, application, by);
    return undefined;
  },
  reserve: (turn, application, { by }) => {
    const refused = to(turn, application, 'reserve', by);
    if (refused) return refused;
    leave(turn, application, 'reserve', by);
    turn.fact('reserved', application.id, by);
    turn.say('candidate.reserved', { vacancy: turn.title(application) }, undefined, {
      prompt: false,
      application: application.id,
      notBefore: turn.graceEnds(),
      stages: ['reserve'],
    });
    return undefined;
  },
  refuse: (turn, application, { by, reason, text }) => {
    const refused = to(turn, application, 'refused', by);
    if (refused) return refused;
    if (!turn.facts.policy.refusal.reasons.includes(reason)) return { code: 'unknownReason' };
    refuse(turn, application, { reason, by, ...(text && { text }) });
    return undefined;
  },
  blacklist: (turn, application, { by, reason }) => {
    const was = refusalOf(application);
    const refused = to(turn, application, 'blacklist', by);
    if (refused) return refused;
    blacklist(turn, application, { by, reason, ...(was && { was }) });
    return undefined;
  },
  move: (turn, application, { by, stage }) => {
    if (stage === 'invited')
      return stageCommands.invite(turn, application, { type: 'invite', application: application.id, by });
    if (stage === 'reserve')
      return stageCommands.reserve(turn, application, { type: 'reserve', application: application.id, by });
    if (stage === 'refused') {
      return stageCommands.refuse(turn, application, {
        type: 'refuse',
        application: application.id,
        by,
        reason: 'other',
      });
    }
    if (stage === 'blacklist') {
      return stageCommands.blacklist(turn, application, {
        type: 'blacklist',
        application: application.id,
        by,
        reason: '—',
      });
    }
    const before = application.stage;
    const refused = to(turn, application, stage, by);
    if (refused) return refused;
    if (stage === 'interview' || (stage === 'clientInterview' && !application.interview))
      return { code: 'noInterview' };
    if (before === 'clientInterview' && stage === 'agreeing') letMeetingGo(turn, application, by);
    if (stage === 'review' && turn.state.dialog?.application === application.id) delete turn.state.dialog;
    if (stage === 'withdrawn') leave(turn, application, stage, by);
    else enter(turn, application, stage);
    turn.fact('moved', application.id, by, { stage: turn.stageName(application) });
    return undefined;
  },
  outcome: (turn, application, { by, outcome: id }) => {
    const outcome = outcomeOf(turn, application, id);
    if ('code' in outcome) return outcome;
    const of = application.id;
    if (outcome.to === 'refused') {
      const known = turn.facts.policy.refusal.reasons.includes(outcome.reason ?? '');
      const reason = known && outcome.reason ? outcome.reason : 'other';
      return stageCommands.refuse(turn, application, { type: 'refuse', application: of, by, reason });
    }
    if (id === 'fits')
      return stageCommands.judgePortrait(turn, application, {
        type: 'judgePortrait',
        application: of,
        by,
        fits: true,
      });
    const refused = stageCommands.move(turn, application, {
      type: 'move',
      application: of,
      by,
      stage: outcome.to,
    });
    if (!refused && outcome.to === 'withdrawn' && outcome.reason)
      saidNo(turn, application, by, outcome.reason);
    return refused;
  },
  judgePortrait: (turn, application, { by, fits }) => {
    if (application.stage !== 'decision') return wrongStage(turn, application);
    if (!fits)
      return stageCommands.refuse(turn, application, {
        type: 'refuse',
        application: application.id,
        by,
        reason: turn.facts.policy.refusal.reasons.includes('skills') ? 'skills' : 'other',
      });
    const next = turn.spec(application).outcomes.find(({ id }) => id === 'fits')?.to ?? 'agreeing';
    const refused = to(turn, application, next, by);
    if (refused) return refused;
    enter(turn, application, next);
    turn.fact('portraitFits', application.id, by);
    return undefined;
  },
  detach: (turn, application, { by }) => {
    const refused = to(turn, application, 'withdrawn', by);
    if (refused) return refused;
    leave(turn, application, 'withdrawn', by);
    turn.fact('detached', application.id, by);
    return undefined;
  },
};

/** May the application go to this stage from where it is? */
function to(turn: Turn, application: Application, stage: Stage, by: string): Refused {
  if (!movesOf(turn.facts.pipelines, application).includes(stage)) return wrongStage(turn, application);
  if (application.stage === 'blacklist') liftBlacklist(turn, application);
  if (isOpen(stage) && turn.state.blacklisted) return { code: 'blacklisted' };
  if (isOpen(stage) && application.next) return { code: 'continued' };
  reopen(turn, application);
  take(turn, application, by);
  return undefined;
}

/** A result by which the person is out at their own wish: why stands in the history, and a job found ends the search. */
function saidNo(turn: Turn, application: Application, by: string, reason: string): void {
  turn.fact('withdrawn', application.id, by, { reason: named('candidate.cancel.reason', reason) });
  if (reason === 'foundJob') stopLooking(turn, 'foundJob');
}

/** The client is to be met anew: a meeting to come is called off, one that was is kept. */
function letMeetingGo(turn: Turn, application: Application, by: string): void {
  const { interview } = application;
  if (!interview) return;
  if (interview.attendance === undefined) {
    dropInterview(turn, application, by);
    return sayCancelled(turn, application, interview);
  }
  keepPast(application, interview);
  application.interviewVersion += 1;
}
