import { traitsOf, type Way } from '../flows/channels.ts';

/** Does this way say when a message has arrived? */
export function hasReceipts({ channel }: Way): boolean {
  return channel !== 'desk' && channel !== 'source' && traitsOf[channel].receipts;
}
