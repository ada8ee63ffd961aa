import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Device } from './device.ts';
import { telegramDevice } from './telegramDevice.ts';
import type { VirtualMax } from './virtualMax.ts';
import type { VirtualWhatsapp } from './virtualWhatsapp.ts';

/** Where somebody talks to the agency. */
export interface Hand {
  address: string;
  /** Their own number, digits. */
  phone: string;
  /** @param lang which their messenger is set to */
  open(lang: string): Device;
}

/** Every tenth person has WhatsApp, every tenth MAX, the others Telegram. */
export function makeHand(
  world: { telegram: VirtualTelegram; whatsapp: VirtualWhatsapp; max: VirtualMax },
  number: number,
  random: Random,
): Hand {
  const phone = `7916${1_000_000 + number}`;
  const wish = random.next();
  if (wish < 0.1) {
    const address = `+${phone}`;
    return { address, phone, open: () => world.whatsapp.device(address, random) };
  }
  if (wish < 0.2) {
    const address = String(700_000_000 + number);
    return { address, phone, open: () => world.max.device(address) };
  }
  const address = String(100_000 + number);
  return { address, phone, open: (lang) => telegramDevice(world.telegram, address, lang) };
}
