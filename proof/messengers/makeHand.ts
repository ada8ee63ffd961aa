import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Device } from './device.ts';
import { telegramDevice } from './telegramDevice.ts';
import type { VirtualMax } from './virtualMax.ts';
import type { VirtualWhatsapp } from './virtualWhatsapp.ts';

/** What somebody has to talk to the agency with. */
export interface Hand {
  /** Their own number, digits. */
  phone: string;
  /** Their messenger, and another one they may go on in. `lang`: which it is set to. */
  first(lang: string): Device;
  second(lang: string): Device;
}

/** Every tenth person has WhatsApp, every tenth MAX, the others Telegram; all have another one of the three besides. */
export function makeHand(
  world: { telegram: VirtualTelegram; whatsapp: VirtualWhatsapp; max: VirtualMax },
  number: number,
  random: Random,
): Hand {
  const phone = `7916${1_000_000 + number}`;
  const telegram = (lang: string) => telegramDevice(world.telegram, String(100_000 + number), lang);
  const whatsapp = () => world.whatsapp.device(`+${phone}`, random);
  const max = () => world.max.device(String(700_000_000 + number));
  const wish = random.next();
  const first = wish < 0.1 ? whatsapp : wish < 0.2 ? max : telegram;
  const second = random.pick([telegram, whatsapp, max].filter((one) => one !== first));
  return { phone, first, second };
}
