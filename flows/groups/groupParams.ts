import type { Params } from '../effect.ts';
import type { Turn } from '../turn.ts';
import type { Group } from './group.ts';

/** What every message about a group says: what, which vacancy, when, how, where, for how long. */
export function groupParams(turn: Turn, group: Group): Params {
  const { start, format, place, minutes } = group;
  const vacancy = turn.vacancy(group.vacancy);
  const where = place ?? (format === 'zoom' ? vacancy?.link : vacancy?.address) ?? '—';
  return {
    what: { key: `group.kind.${group.kind}` },
    vacancy: { words: vacancy?.title ?? { ru: group.vacancy } },
    when: { at: start, as: 'dateTime' },
    zone: { at: start, as: 'zone' },
    minutes,
    format: { key: `candidate.format.${format}` },
    place: { key: `candidate.place.${format}`, params: { address: where, link: where } },
  };
}
