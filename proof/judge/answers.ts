import type { Happened } from '../../flows/event.ts';
import type { Verdict } from './verdict.ts';

/** What somebody chose by typing it is taken for what they meant. */
export interface AnswerWatch {
  meant(id: string, chosen: { chat: string; key: string; data: string }): void;
  sends(worker: Worker, chat: string, key: string | undefined): void;
  ends(worker: Worker, chat: string): void;
  /** So the product understood it. */
  heard(id: string, happened: Happened): void;
}

interface Worker {
  alive(): boolean;
}

/** The last message that began to leave to a chat. `alone`: no other was on its way there. */
interface Last {
  key: string | undefined;
  worker: Worker;
  alone: boolean;
  ended: boolean;
}

export function makeAnswerWatch(verdict: Verdict): AnswerWatch {
  const lasts = new Map<string, Last>();
  const awaited = new Map<string, { chat: string; key: string; data: string }>();
  return {
    meant: (id, chosen) => void awaited.set(id, chosen),
    sends: (worker, chat, key) => {
      const before = lasts.get(chat);
      const alone = !before || before.ended || !before.worker.alive();
      lasts.set(chat, { key, worker, alone, ended: false });
    },
    ends: (worker, chat) => {
      const last = lasts.get(chat);
      if (last?.worker === worker) last.ended = true;
    },
    heard: (id, happened) => {
      const wanted = awaited.get(id);
      if (!wanted) return;
      awaited.delete(id);
      const last = lasts.get(wanted.chat);
      // A newer message may ask something else by now.
      if (!last?.alone || last.key !== wanted.key) return;
      const heard = happened.type === 'buttonTapped' ? happened.data : happened.type;
      if (heard !== wanted.data)
        verdict.report('misheard', `${id} of ${wanted.chat} to ${wanted.key}: ${wanted.data}, not ${heard}`);
    },
  };
}
