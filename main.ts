import { enableCompileCache } from 'node:module';
import { readConfig } from './runtime/config.ts';
import { compiled } from './runtime/compiled.ts';
import { startFault } from './runtime/startFault.ts';
import { supervise } from './runtime/supervise.ts';

/**
 * The start of everything. Without a bot token or a database address the missing part is started beside the product
 * as a process of its own (simulator, store) and the product is started again with their addresses; with both it
 * runs here.
 */
const result = readConfig(process.env);
if (!result.ok) {
  process.stderr.write(`The settings have faults:\n${result.faults.map((fault) => `  ${fault}\n`).join('')}`);
  process.exit(2);
}
const { config } = result;
const complete = config.token !== undefined && config.mongodbUri !== undefined;
enableCompileCache(compiled);
// Loaded only where it runs: the parent process stays small.
if (!complete && !config.child) await supervise(config);
else
  try {
    await (await import('./product.ts')).runProduct(config);
  } catch (error) {
    const fault = startFault(error);
    if (fault === undefined) throw error;
    process.stderr.write(`The start failed:\n  ${fault}\n`);
    process.exit(1);
  }
