/** Where the head finds how the linked phone stands: `settings`, as `WebState`. */
export const webSetting = 'whatsappWeb';

/** `link`: the code of `qr` is to be scanned with the phone. */
export interface WebState {
  state: 'starting' | 'link' | 'ready' | 'lost';
  at: number;
  qr?: string;
  error?: string;
}
