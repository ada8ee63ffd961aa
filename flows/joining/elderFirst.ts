import type { Candidate } from '../candidate.ts';

type Born = Pick<Candidate, '_id' | 'createdAt'>;

/** The elder of two cards, and the younger: the same whoever asks, so that two who join them crosswise agree. */
export function elderFirst<A extends Born, B extends Born>(a: A, b: B): [elder: A | B, younger: A | B] {
  const first = a.createdAt === b.createdAt ? a._id < b._id : a.createdAt < b.createdAt;
  return first ? [a, b] : [b, a];
}
