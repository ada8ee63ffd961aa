import type { Shown } from '../telegram/virtualTelegram.ts';

/** A messenger in somebody's hand: what they do there, and what they read. */
export interface Device {
  /** Where the agency finds them there. */
  address: string;
  text(text: string): void;
  /** Choose what a message offered, by what stands on the button's other side: as this messenger lets one. */
  tap(data: string): void;
  /** Share one's own number. */
  contact(number: string): void;
  sticker(): void;
  document(): void;
  blocked(): boolean;
  block(blocked: boolean): void;
  read(reader: (message: Shown) => void): void;
}
