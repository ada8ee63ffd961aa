import type { Button } from '../effect.ts';
import type { PlacesTurned } from '../event.ts';
import type { Turn } from '../turn.ts';
import { headsOf } from '../headsOf.ts';

/** The last place is filled and the vacancy closed, or one is free again: whoever works on it hears of it. */
export function placesTurned(turn: Turn, { application: id, to, then, places }: PlacesTurned): void {
  const application = turn.application(id);
  if (!application) return;
  const vacancy = application.vacancy;
  turn.fact(to === 'filled' ? 'vacancyFilled' : 'placeFree', id);
  const open: Button = { label: { key: 'places.button.open' }, data: `v:open:${vacancy}` };
  const reopen: Button = { label: { key: 'places.button.reopen' }, data: `v:reopen:${vacancy}` };
  const { messageHours: hours } = turn.facts.policy.refusal;
  const params = {
    name: turn.state.name ?? '—',
    vacancy: turn.title(application),
    count: places,
    others: { key: `places.then.${then}`, params: { hours } },
  };
  for (const member of readers(turn, vacancy, application.recruiter))
    turn.notify(
      { member },
      { key: `places.told.${to}`, params, buttons: [to === 'filled' ? [reopen, open] : [open]] },
      { application: id },
    );
}

function readers(turn: Turn, vacancy: string, recruiter: string | undefined): string[] {
  const heads = headsOf(turn.facts.members).map(({ _id }) => _id);
  const all = [...(turn.vacancy(vacancy)?.recruiters ?? []), ...(recruiter ? [recruiter] : []), ...heads];
  return [...new Set(all)].filter((id) => turn.member(id)?.active);
}
