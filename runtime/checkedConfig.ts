import { type Config, readConfig } from './config.ts';

/** The settings; bad ones end the process with a line for each fault. For the start, and for commands beside it. */
export function checkedConfig(env: Record<string, string | undefined>): Config {
  const result = readConfig(env);
  if (result.ok) return result.config;
  process.stderr.write(`The settings have faults:\n${result.faults.map((fault) => `  ${fault}\n`).join('')}`);
  process.exit(2);
}
