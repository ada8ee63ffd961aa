import type { SameFound } from '../event.ts';
import type { Turn } from '../turn.ts';

/**
 * Somebody else is known by something this person gave: the recruiter looks whether they are one. Nothing is
 * joined and nothing is shown to the candidate by itself: a typed number may be anybody's.
 */
export function sameFound(turn: Turn, { application: id, own, others }: SameFound): void {
  const application = turn.application(id);
  const told = turn.state.duplicates ?? [];
  const fresh = others.filter(({ candidate }) => !told.includes(candidate));
  if (!application || fresh.length === 0) return;
  turn.state.duplicates = [...told, ...fresh.map(({ candidate }) => candidate)];
  turn.fact('likelyDuplicate', id);
  const names = fresh.map(({ name }) => name ?? '—').join(', ');
  const byPhone = fresh.every(({ signs }) => signs === undefined);
  const signs = [...new Set(fresh.flatMap((one) => one.signs ?? []))].map((sign) => ({
    key: 'same.signLine',
    params: { sign: { key: `same.sign.${sign}` } },
  }));
  turn.tell(
    application,
    byPhone ? (own ? 'notice.duplicateOwn' : 'notice.duplicateTyped') : 'same.found',
    { names, phone: turn.state.phone ?? '—', signs: { lines: signs } },
    {},
    [
      [{ label: { key: 'same.button.look' }, data: `s:same:${id}` }],
      ...fresh.flatMap(({ application: other, name }) =>
        other === undefined
          ? []
          : [
              [
                {
                  label: { key: 'notice.button.otherCard', params: { name: name ?? '—' } },
                  data: `s:card:${other}`,
                },
              ],
            ],
      ),
    ],
  );
}
