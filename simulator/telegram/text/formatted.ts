import { type TgEntity } from '../../records.ts';

/** A text with its spans. */
export interface Formatted {
  text: string;
  entities: TgEntity[];
}
