import { checkedConfig } from './runtime/checkedConfig.ts';
import type { Config } from './runtime/config.ts';
import { startFault } from './runtime/startFault.ts';
import { supervise } from './runtime/supervise.ts';
import { toldByParent } from './runtime/toldByParent.ts';

/**
 * The start of everything. Without a bot token or a database address the missing part is started beside the product
 * as a process of its own (simulator, store), and the product is started again, as a child that is told their addresses;
 * with both it runs here.
 */
const config = checkedConfig(process.env);
if (!config.child && !isComplete(config)) await supervise(config);
else
  try {
    const settled = isComplete(config) ? config : toldByParent().then(checkedConfig);
    // Loaded only where it runs: the parent process stays small.
    const { runProduct } = await import('./product.ts');
    await runProduct(await settled);
  } catch (error) {
    const fault = startFault(error);
    if (fault === undefined) throw error;
    process.stderr.write(`The start failed:\n  ${fault}\n`);
    process.exit(1);
  }

function isComplete({ token, mongodbUri }: Config): boolean {
  return token !== undefined && mongodbUri !== undefined;
}
