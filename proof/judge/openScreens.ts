import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { readDay } from '../../models/readDay.ts';
import { readMeetings } from '../../models/readMeetings.ts';
import { readOpenApplications } from '../../models/readOpenApplications.ts';
import { readStartDays } from '../../models/readStartDays.ts';
import { readWork } from '../../models/readWork.ts';
import { withTasks } from '../../models/withTasks.ts';
import { readControl } from '../../runtime/readControl.ts';

const day = 86_400_000;

/**
 * What is read for the screens of the day, as their members open them: `/today` and `/tasks` of everybody, the calendar
 * with first days at work, the heads' `/control` and `/team`. The reading alone: what they say is tested with the bot.
 */
export async function openScreens(db: Database, policy: Policy, now: number): Promise<void> {
  const staff = await db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray();
  const pipelines = await readPipelines(db);
  for (const { _id, role } of staff) {
    const whose = role === 'head' ? undefined : _id;
    await readDay(db, now, now + day, whose);
    await db.candidates.find(withTasks(whose)).toArray();
  }
  await readMeetings(db, now, now + 7 * day);
  await readStartDays(db, now, now + 7 * day);
  await readControl(db, policy, now);
  await readWork(db, pipelines, now - 7 * day, now);
  await readOpenApplications(db, pipelines);
}
