import type { Happened } from '../../../flows/event.ts';
import type { IncomingFile } from '../../../flows/question.ts';
import type { Database } from '../../../models/database.ts';
import type { Handler } from '../../../runtime/channel.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../../runtime/files.ts';
import type { Reception } from '../../../runtime/makeReception.ts';
import type { Receipts } from '../../../runtime/receipts.ts';
import { untilReached } from '../../../runtime/untilReached.ts';
import type { Choices } from '../../makeChoices.ts';
import { type Heard, hearText } from '../hearText.ts';
import { answerTo } from './graphErrors.ts';
import { type Graph, GraphRefusal } from './makeGraph.ts';
import { type CloudMessage, type CloudStatus, cloudUpdate } from './readWebhook.ts';
import type { TemplateStates } from './templateStates.ts';

interface Deps {
  db: Pick<Database, 'windows'>;
  clock: Clock;
  graph: Pick<Graph, 'download'>;
  files: Pick<Files, 'keep'>;
  choices: Choices;
  states: Pick<TemplateStates, 'set'>;
  reception: Reception;
  receipts: Receipts;
}

/** One thing that a webhook of the Cloud API brought, from the inbox: a message, a receipt, a template's approval. */
export function makeCloudHandler(deps: Deps): Handler {
  const { db, clock } = deps;
  return async (raw, hold) => {
    const update = cloudUpdate.parse(raw);
    if (update.what === 'template') {
      const { message_template_name: name, message_template_language: lang, event } = update.template;
      return deps.states.set(name, lang, event);
    }
    if (update.what === 'status') return receive(deps, update.status);
    const { message, name } = update;
    const address = `+${message.from}`;
    const wrote = Number(message.timestamp) * 1_000;
    await untilReached(clock, () =>
      db.windows.updateOne(
        { _id: `whatsapp:${address}` },
        { $max: { wrote }, $set: { at: new Date(clock.now()) } },
        { upsert: true },
      ),
    );
    const heard: Heard = { reach: { channel: 'whatsapp', address }, person: name ? { name } : {} };
    const happened = await happenedOf(deps, heard, message);
    if (happened) await deps.reception(`wa:${message.id}`, happened, hold);
  };
}

async function receive({ db, clock, receipts }: Deps, status: CloudStatus): Promise<void> {
  const { id: messageId, status: state, timestamp, recipient_id, errors = [] } = status;
  if (state !== 'delivered' && state !== 'read' && state !== 'failed') return;
  const [error] = errors;
  const again = error !== undefined && answerTo(error.code, 400).do === 'template';
  // It left while the window seemed open: it goes again, as a template.
  if (again) await untilReached(clock, () => db.windows.deleteOne({ _id: `whatsapp:+${recipient_id}` }));
  await receipts({
    channel: 'whatsapp',
    messageId,
    state,
    at: Number(timestamp) * 1_000,
    ...(error && { error: `${error.code} ${error.title ?? ''}`.trim() }),
    ...(again && { again }),
  });
}

/** What a message means; undefined for a reaction, which says nothing. */
async function happenedOf(deps: Deps, heard: Heard, message: CloudMessage): Promise<Happened | undefined> {
  const { type, text, interactive, button, context } = message;
  const reply = interactive?.button_reply ?? interactive?.list_reply;
  if (reply) return { type: 'buttonTapped', ...heard, data: reply.id, label: reply.title };
  if (button?.payload) return { type: 'buttonTapped', ...heard, data: button.payload, label: button.text };
  if (type === 'reaction') return undefined;
  const words = text?.body ?? button?.text;
  const arrived = { type: 'messageArrived' as const, ...heard };
  if (words !== undefined && context?.forwarded) return { ...arrived, kind: 'forwarded', text: words };
  if (words !== undefined) return hearText(deps.choices, heard, words, context?.id);
  const phone = message.contacts?.[0]?.phones?.[0]?.phone?.replace(/[^\d+]/g, '');
  if (phone) return { ...arrived, kind: 'contact', contact: { phone, own: phone === heard.reach.address } };
  if (type === 'sticker') return { ...arrived, kind: 'sticker' };
  const file = await fileOf(deps, message);
  if (file === undefined) return { ...arrived, kind: 'other' };
  const caption = (message.image ?? message.document ?? message.video)?.caption;
  const kind = message.audio ? ('voice' as const) : ('file' as const);
  return { ...arrived, kind, ...(file && { file }), ...(caption && { text: caption }) };
}

/** The file of a message, kept at once: its address is good for five minutes. Null when it cannot be had. */
async function fileOf(
  { graph, files }: Deps,
  { id, image, document, audio, video }: CloudMessage,
): Promise<IncomingFile | null | undefined> {
  const media = image ?? document ?? audio ?? video;
  if (!media) return undefined;
  const kind = image ? 'photo' : document ? 'document' : audio ? 'voice' : 'other';
  const name =
    media.filename ?? { photo: 'photo.jpg', voice: 'voice.ogg', document: 'document', other: 'media' }[kind];
  try {
    return await files.keep(await graph.download(media.id), name, kind, `wa:${id}`);
  } catch (error) {
    // Gone, or too large: what came with it still counts. Anything else is tried again.
    const lost = error instanceof FileTrouble || (error instanceof GraphRefusal && error.status < 429);
    if (lost) return null;
    throw error;
  }
}
