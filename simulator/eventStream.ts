/** What the page is told of: enough to know what to read again. */
export type SimEvent =
  | { type: 'message'; user: number; id: number; rev: number }
  | { type: 'user'; id: number }
  | { type: 'bot' }
  /** A letter or an SMS has come to somebody. */
  | { type: 'post' }
  | { type: 'clock'; offset: number; moving: boolean }
  | { type: 'answer'; user: number; text: string; showAlert: boolean; url?: string }
  | { type: 'action'; user: number; action: string };

/** Tells every listener of every event, at once and in order. Listeners must not throw. */
export class EventStream {
  private readonly listeners = new Set<(event: SimEvent) => void>();

  /** @returns a function that ends the listening. */
  listen(listener: (event: SimEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event: SimEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
