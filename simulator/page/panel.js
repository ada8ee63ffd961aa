import { t } from './model.js';
import { overlay } from './overlay.js';

/** What stands beside others on the page and says in a layer of its own what came of an act: a phone or a group. */
export class Panel {
  /** @returns whether it went well; if not, it is said. */
  async attempt(run) {
    try {
      await run();
      return true;
    } catch (error) {
      this.notify(t('failed', { error: error.message }));
      return false;
    }
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    this.notify(t('copied'));
  }

  notify(text) {
    overlay(this.layer, { text });
  }
}
