/**
 * V8's flags for each process, measured. In the demo four processes share the limit: small young memory, and
 * the old grown by small steps instead of doubled, for a twentieth to a tenth of the product's processor time (steps of
 * 10 % cost it a fifth). `--optimize-for-size` costs half as much time again, so only the simulator has it. With a real
 * bot there is no simulator, and a hundred people may talk at once: what an update needs lives until its commit, and a
 * young memory that holds no batch of them copies it again and again (of the product's processor time a quarter with
 * 4 MB, a tenth with 32).
 */
export const heapFlags: Record<'demo' | 'bot', Record<string, string[]>> = {
  demo: {
    product: ['--max-semi-space-size=2', '--heap-growing-percent=20'],
    store: ['--max-semi-space-size=1', '--heap-growing-percent=10'],
    simulator: ['--max-semi-space-size=1', '--heap-growing-percent=10', '--optimize-for-size'],
  },
  bot: { product: ['--max-semi-space-size=32'], store: ['--max-semi-space-size=16'] },
};
