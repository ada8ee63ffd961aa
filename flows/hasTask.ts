import type { Task } from './candidate.ts';

/** Is it this member's task, or theirs as well? */
export function hasTask({ member, also }: Pick<Task, 'member' | 'also'>, id: string): boolean {
  return member === id || also === id;
}
