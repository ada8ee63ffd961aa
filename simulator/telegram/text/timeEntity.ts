import { type TgEntity } from '../../records.ts';
import { Refusal } from '../refusal.ts';

/**
 * A `date_time` entity out of `<tg-time unix format>` or `tg://time?unix=&format=`. The formats are those of
 * @grammyjs/types 5: `r`, or any of w, d or D, t or T, in this order. The words of the refusals are a guess [R].
 */
export function timeEntity(
  span: { offset: number; length: number },
  unix: string | undefined,
  format = '',
): TgEntity {
  if (!/^-?\d{1,12}$/.test(unix ?? '')) throw Refusal.bad("can't parse entities: Invalid date specified");
  if (!/^(r|w?[dD]?[tT]?)$/.test(format))
    throw Refusal.bad("can't parse entities: Invalid date format specified");
  return { type: 'date_time', ...span, unix_time: Number(unix), date_time_format: format };
}
