import type { z } from 'zod';
import type { LedgerRow } from '../../models/rows.ts';
import { plainOf } from '../../runtime/plainOf.ts';
import type { Reader, Words } from '../../runtime/words.ts';
import type { messageSchema } from '../schemas/messageSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';
import { fileView } from './fileView.ts';

/** A line of the history, with the words the reader would have read. */
export function messageView(words: Words, reader: Reader, row: LedgerRow): z.output<typeof messageSchema> {
  const file = row.file ?? (row.message?.file && 'name' in row.message.file ? row.message.file : undefined);
  return {
    id: row._id,
    kind: row.kind,
    at: toIso(row.at),
    application: row.application,
    to: row.to && !('invite' in row.to || 'chat' in row.to) ? row.to : undefined,
    status: row.status,
    notBefore: toIsoIf(row.notBefore),
    sentAt: toIsoIf(row.sentAt),
    key: row.message?.key,
    text: wordsOf(words, reader, row),
    file: file && fileView(file),
    what: row.what,
    by: row.by,
  };
}

/** A message that is drawn from data at delivery (`view:…`) has no words of its own. */
function wordsOf(words: Words, reader: Reader, row: LedgerRow): string | undefined {
  if (row.kind === 'in') return row.text;
  const key = row.kind === 'fact' ? `fact.${row.what}` : (row.message?.key ?? '');
  if (!words.has(reader.lang, key)) return undefined;
  return plainOf(words.text(reader, key, row.kind === 'fact' ? row.params : row.message?.params));
}
