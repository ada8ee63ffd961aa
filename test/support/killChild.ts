import { childrenOf } from './childrenOf.ts';
import { eventually } from './eventually.ts';
import type { RunningProduct } from './startProduct.ts';

/** `kill -9` of one child of the product; back when the parent has a new one that answers. */
export async function killChild(product: RunningProduct, kind: string): Promise<void> {
  const parent = product.process.pid ?? 0;
  const old = childrenOf(parent)[kind];
  // Zero would be this test and all that runs beside it.
  if (!old) throw new Error(`${kind} does not run`);
  process.kill(old, 'SIGKILL');
  await eventually(
    () => childrenOf(parent)[kind],
    (pid) => pid !== undefined && pid !== old,
    20_000,
  );
  await eventually(
    async () => (await fetch(`${product.url}/health`).catch(() => undefined))?.status,
    (status) => status === 200,
    30_000,
  );
}
