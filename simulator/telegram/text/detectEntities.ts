import { type TgEntity } from '../../records.ts';

const PATTERNS: [type: string, pattern: RegExp][] = [
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/])/giu],
  [
    'email',
    /(?<![\p{L}\p{N}._%+-])[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?![\p{L}\p{N}])/giu,
  ],
  [
    'url',
    /(?<![\p{L}\p{N}@./-])(?:https?:\/\/[^\s<>"«»]*[^\s<>"«».,:;!?)'\]]|(?:t\.me|telegram\.me)\/[^\s<>"«»]*[^\s<>"«».,:;!?)'\]])/giu,
  ],
  ['mention', /(?<![\p{L}\p{N}_/@])@[a-z][a-z0-9_]{3,31}(?![\p{L}\p{N}_])/giu],
  ['hashtag', /(?<![\p{L}\p{N}_/#&])#(?=[\p{L}\p{N}_]*\p{L})[\p{L}\p{N}_]{1,64}/gu],
];

/** Commands, links, addresses, mentions and hashtags that Telegram finds by itself, outside of code and links. */
export function detectEntities(text: string, given: readonly TgEntity[]): TgEntity[] {
  const taken = given.filter((e) =>
    ['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'].includes(e.type),
  );
  const found: TgEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      const overlaps = (other: TgEntity): boolean =>
        entity.offset < other.offset + other.length && other.offset < entity.offset + entity.length;
      if (!taken.some(overlaps) && !found.some(overlaps)) found.push(entity);
    }
  }
  return found;
}
