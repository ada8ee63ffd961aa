import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Database, openDatabase } from '../models/database.ts';
import { checkedConfig } from './checkedConfig.ts';

const runShape = z.object({ mongodbUri: z.string() });
const readyShape = z.object({ ready: z.literal(true), uri: z.string() });

/**
 * The database for a command (invite, key, audit): the one named by MONGODB_URI, else that of the running product in
 * DATA_DIR, else the embedded one started for the moment. The bot's name is known once the product has run.
 */
export async function attach(
  env: Record<string, string | undefined>,
): Promise<{ db: Database; botUsername: string | undefined; close(): Promise<void> }> {
  const config = checkedConfig(env);
  const dataDir = resolve(config.dataDir);
  const opened = config.mongodbUri
    ? { db: await openDatabase(config.mongodbUri), stop: () => undefined }
    : ((await running(dataDir)) ?? (await embedded(dataDir)));
  const username = await opened.db.settings.findOne({ _id: 'botUsername' });
  return {
    db: opened.db,
    botUsername: typeof username?.value === 'string' ? username.value : undefined,
    close: async () => {
      await opened.db.close();
      opened.stop();
    },
  };
}

async function running(dataDir: string): Promise<{ db: Database; stop: () => void } | undefined> {
  const file = join(dataDir, 'run.json');
  if (!existsSync(file)) return undefined;
  const { mongodbUri } = runShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  try {
    return { db: await openDatabase(`${mongodbUri}`, 1_500), stop: () => undefined };
  } catch {
    return undefined;
  }
}

async function embedded(dataDir: string): Promise<{ db: Database; stop: () => void }> {
  const folder = join(dataDir, 'store');
  mkdirSync(folder, { recursive: true });
  const child = fork(join(import.meta.dirname, '../store/main.ts'), ['--data', folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const uri = await new Promise<string>((settle, reject) => {
    child.on('message', (message) => {
      const parsed = readyShape.safeParse(message);
      if (parsed.success) settle(parsed.data.uri);
    });
    child.once('exit', () => reject(new Error(`the database in ${folder} could not be opened`)));
  });
  return { db: await openDatabase(uri), stop: () => void child.kill('SIGTERM') };
}
