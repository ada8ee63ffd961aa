/**
 * V8's flags for each process, measured. In the demo four processes share the limit: young memory only as large as makes
 * a difference there, and the old grown by small steps instead of doubled. `--optimize-for-size` costs half as much time
 * again, so only the simulator has it. With a real bot there is no simulator, and a hundred people may talk at once: what
 * an update needs lives until its commit, and a young memory that holds no batch of them copies it again and again
 * (of the product's processor time a quarter with 4 MB, a tenth with 32).
 */
export const heapFlags: Record<'demo' | 'bot', Record<string, string[]>> = {
  demo: {
    product: ['--max-semi-space-size=4', '--heap-growing-percent=40'],
    store: ['--max-semi-space-size=4', '--heap-growing-percent=40'],
    simulator: ['--max-semi-space-size=1', '--heap-growing-percent=20', '--optimize-for-size'],
  },
  bot: { product: ['--max-semi-space-size=32'], store: ['--max-semi-space-size=16'] },
};
