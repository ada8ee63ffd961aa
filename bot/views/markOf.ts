import type { Interview } from '../../flows/candidate.ts';

/** Whether the person came, or will come, by their answer to the last reminder that was sent. */
export function markOf({ attendance, reminders }: Interview) {
  if (attendance) return attendance;
  const last = reminders.findLast(({ asked, confirmed }) => asked !== undefined || confirmed !== undefined);
  if (!last) return 'none';
  return last.confirmed === undefined ? 'silent' : 'confirmed';
}
