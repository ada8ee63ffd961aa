import { Store } from '../store.ts';

/** The agency's own mailbox: what anybody writes to it is read over IMAP. */
export const agencyMailbox = 'jobs@agency.test';

/** Ways in which mail to an address goes wrong. */
export const mailFaultKinds = ['gone', 'full', 'bounce', 'drop-before', 'drop-after'] as const;
export type MailFaultKind = (typeof mailFaultKinds)[number];

/** A letter as it came, under a number that only grows: its UID in the mailbox. */
export interface StoredLetter {
  uid: number;
  box: string;
  at: number;
}

/** Every mailbox of the simulator: people's and the agency's, kept on disk. Whoever is written to has one. */
export class MailOffice {
  private readonly letters: StoredLetter[];
  private readonly listeners = new Set<(letter: StoredLetter) => void>();
  private faults: { address: string; kind: MailFaultKind; times: number }[] = [];
  /** Up to which UID the agency's letters were fetched by somebody. */
  fetched = 0;
  /** How many are connected to the agency's mailbox. */
  readers = 0;
  private readonly store: Store;
  private readonly now: () => number;

  constructor(store: Store, now: () => number) {
    this.store = store;
    this.now = now;
    this.letters = store.all<StoredLetter>('letter');
  }

  deliver(address: string, raw: Uint8Array): StoredLetter {
    const box = address.toLowerCase();
    const uid = (this.letters.at(-1)?.uid ?? 0) + 1;
    const letter = { uid, box, at: this.now() };
    this.letters.push(letter);
    this.store.putFile(`mail/${uid}`, raw);
    this.store.put('letter', Store.key(uid), letter);
    for (const listener of this.listeners) listener(letter);
    return letter;
  }

  /** @returns a function that ends the listening. */
  listen(listener: (letter: StoredLetter) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  box(address: string): StoredLetter[] {
    return this.letters.filter(({ box }) => box === address.toLowerCase());
  }

  boxes(): string[] {
    return [...new Set(this.letters.map(({ box }) => box))].filter((box) => box !== agencyMailbox);
  }

  raw({ uid }: Pick<StoredLetter, 'uid'>): Buffer {
    return Buffer.from(this.store.file(`mail/${uid}`) ?? '');
  }

  /** Letters to the agency that somebody who reads there has not fetched yet. */
  waiting(): number {
    if (this.readers === 0) return 0;
    return this.box(agencyMailbox).filter(({ uid }) => uid > this.fetched).length;
  }

  order(address: string, kind: MailFaultKind, times: number): void {
    this.faults.push({ address: address.toLowerCase(), kind, times });
  }

  clearFaults(): void {
    this.faults = [];
  }

  /** Is this failure ordered for mail to an address? Uses it up once. */
  take(address: string, kind: MailFaultKind): boolean {
    const fault = this.faults.find((one) => one.address === address.toLowerCase() && one.kind === kind);
    if (!fault) return false;
    fault.times -= 1;
    this.faults = this.faults.filter(({ times }) => times > 0);
    return true;
  }
}
