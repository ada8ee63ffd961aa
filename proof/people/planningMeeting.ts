import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';
import type { Case } from './recruiter.ts';

const hour = 3_600_000;

/**
 * Twice a day or so everybody sets interviews in the same moment, and all of them want the same window: the hardest
 * minute of an agency.
 */
export function makePlanningMeeting(deps: {
  members: Member[];
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** Applications of one vacancy that could be given an interview, and the window everybody wants. */
  wanted: (
    random: Random,
  ) => { cases: Case[]; interviewer: string; start: number; format: string } | undefined;
}): void {
  const { members, random, time, telegram } = deps;
  const meet = (): void => {
    const found = deps.wanted(random);
    if (found && found.cases.length > 1) {
      const { cases, ...slot } = found;
      for (const [index, { application }] of cases.entries()) {
        const member = members[index % members.length];
        const order = JSON.stringify({ type: 'setInterview', ...slot });
        if (member?.telegram)
          telegram.post(
            member.telegram,
            phone.tap(member.telegram, member.lang, `${application.id}|${order}`),
          );
      }
    }
    time.after(random.between(6, 18) * hour + random.between(0, hour), meet);
  };
  time.after(random.between(24, 48) * hour, meet);
}
