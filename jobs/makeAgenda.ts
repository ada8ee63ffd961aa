import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, InMemoryNotificationChannel } from 'agenda';
import { z } from 'zod';
import type { Database } from '../models/database.ts';
import type { Bell } from '../runtime/alarms.ts';

const jobData = z.object({ key: z.string() });

/**
 * Agenda as the alarm clock: one job per alarm, which only says "look at this key now". The alarm itself stands in
 * `timers`, so a job that runs early, late, twice or never does no harm (what was measured: docs/decisions).
 */
export async function makeAgenda(
  db: Database,
  owner: string,
  log: (line: object) => void,
): Promise<{
  bell: Bell;
  start(fire: (key: string) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}> {
  const mongo = db.connection.db;
  if (!mongo) throw new Error('the database is not connected');
  const agenda = new Agenda({
    // mongoose and Agenda share one driver (pinned to the same version), hence one type in practice.
    backend: new MongoBackend({ mongo: mongo as never, collection: 'agendaJobs', ensureIndex: true }),
    name: owner,
    processEvery: 1_000,
    maxConcurrency: 100,
    defaultConcurrency: 100,
    defaultLockLifetime: 10_000,
    removeOnComplete: true,
    notificationChannel: new InMemoryNotificationChannel(),
  });
  agenda.on('error', (error) => log({ level: 'error', agenda: error.message }));
  await agenda.ready;
  // Agenda's own index does not serve the second branch of its lock query: measured flat with this one, a scan without.
  const jobs = mongo.collection('agendaJobs');
  await jobs.createIndex({ name: 1, lockedAt: 1 });
  // A job is found by its alarm, however many wait.
  await jobs.createIndex({ 'data.key': 1 });
  return {
    bell: {
      ring: async (key, real) => {
        await agenda.create('wake', { key }).unique({ 'data.key': key }).schedule(dateOf(real)).save();
      },
      silence: async (keys) => {
        await jobs.deleteMany({ name: 'wake', 'data.key': { $in: keys } });
      },
    },
    start: async (fire) => {
      agenda.define('wake', async (job) => fire(jobData.parse(job.attrs.data).key), { concurrency: 100 });
      await agenda.start();
    },
    stop: async () => {
      await agenda.stop();
    },
  };
}

/** Agenda wants a Date: the one place where a moment becomes one. */
function dateOf(milliseconds: number): Date {
  return new Date(milliseconds);
}
