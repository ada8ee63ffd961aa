import type { Database } from '../../../models/database.ts';
import type { Channel, SendResult } from '../../../runtime/channel.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../../runtime/files.ts';
import type { Pace } from '../../../runtime/makePace.ts';
import { untilReached } from '../../../runtime/untilReached.ts';
import type { Words } from '../../../runtime/words.ts';
import { calendarInvite } from '../../calendarInvite.ts';
import type { Choices } from '../../makeChoices.ts';
import { networkResult } from '../../networkResult.ts';
import { AskedToWait, unlessResting } from '../../unlessResting.ts';
import { choicesOf } from '../../numbered.ts';
import { type Template, templateFor } from '../templates.ts';
import { type Body, bodyOf, captionOf } from './body.ts';
import { answerTo } from './graphErrors.ts';
import { type Graph, GraphRefusal } from './makeGraph.ts';
import type { TemplateStates } from './templateStates.ts';

type Message = Parameters<Channel['send']>[1];
type More = Parameters<Channel['send']>[2];
type Failed = Exclude<SendResult, { outcome: 'sent' }>;

/** Free words may go to a person for so long after they wrote, in milliseconds. */
const windowLasts = 24 * 3_600_000;

/**
 * WhatsApp's official Cloud API as a channel. An address is a phone number with `+`. Outside the 24 hours a template
 * stands for the message, when there is an approved one; otherwise it is refused and goes the next way. `messages` has no
 * idempotency key: a send without an answer is `uncertain`.
 */
export function makeCloud(deps: {
  graph: Graph;
  db: Pick<Database, 'windows'>;
  words: Words;
  clock: Clock;
  files: Pick<Files, 'read'>;
  choices: Choices;
  states: TemplateStates;
  pace: Pace;
  /** Nothing goes this way until somebody looks. */
  trouble: (error: string) => void;
}): Channel {
  const { graph, db, words, clock, choices, states, pace } = deps;

  const isOpen = async (address: string): Promise<boolean> => {
    const row = await untilReached(clock, () => db.windows.findOne({ _id: `whatsapp:${address}` }));
    return row !== null && clock.now() - row.wrote < windowLasts;
  };

  const freely = async (message: Message, more: More): Promise<Body> => {
    const { reader, file } = more;
    const label = (key: string) => words.label(reader, { key });
    if (!file) return bodyOf(message, { choose: label('channel.choose'), list: label('channel.list') });
    const caption = captionOf(message);
    if (file.kind === 'ics') {
      // Meta takes no calendar's type; a phone opens the file by its name.
      const text = calendarInvite(file, words, reader, clock.now());
      const id = await graph.upload(Buffer.from(text), 'text/plain', 'interview.ics');
      return {
        message: { type: 'document', document: { id, filename: 'interview.ics', caption } },
        choices: [],
      };
    }
    const { bytes, name, type } = await deps.files.read(file);
    const id = await graph.upload(bytes, type, name);
    if (/^image\/(jpeg|png)$/.test(type))
      return { message: { type: 'image', image: { id, caption } }, choices: [] };
    if (type.startsWith('audio/')) return { message: { type: 'audio', audio: { id } }, choices: [] };
    return { message: { type: 'document', document: { id, filename: name, caption } }, choices: [] };
  };

  /** The template that stands for the message; undefined when there is none that Meta approved. */
  const prepared = async (message: Message, more: More): Promise<Body | undefined> => {
    const template = templateFor(more.template);
    const { reader } = more;
    if (!template || (await states.of(template.name, reader.lang)) !== 'APPROVED') return undefined;
    const offered = choicesOf(message).slice(0, template.buttons);
    if (offered.length < template.buttons) return undefined;
    const text = template.params.map((name) => ({
      type: 'text',
      text: inOneLine(
        words.label(reader, { key: 'channel.param', params: { value: more.params?.[name] ?? '—' } }),
      ),
    }));
    const components = [
      ...(text.length > 0 ? [{ type: 'body', parameters: text }] : []),
      ...offered.map(({ data }, index) => ({
        type: 'button',
        sub_type: 'quick_reply',
        index: String(index),
        parameters: [{ type: 'payload', payload: data }],
      })),
    ];
    const content = { name: template.name, language: { code: reader.lang }, components };
    return { message: { type: 'template', template: content }, choices: offered };
  };

  const post = async (address: string, body: Body, more: More): Promise<SendResult> => {
    const place = { channel: 'whatsapp' as const, address };
    unlessResting(pace, address);
    await choices.offer(place, more.key, body.choices, more.asks === true);
    // That took its time.
    unlessResting(pace, address);
    const messageId = await graph.send({ to: address.replace('+', ''), ...body.message });
    await choices.sent(place, more.key, messageId);
    return { outcome: 'sent', messageId };
  };

  const explain = async (
    error: unknown,
    address: string,
    lang: string,
    template?: Template,
  ): Promise<Failed | 'template'> => {
    if (error instanceof AskedToWait) return { outcome: 'notArrived', error: error.message };
    if (error instanceof FileTrouble) return { outcome: 'refused', error: error.message };
    if (!(error instanceof GraphRefusal)) return networkResult(error);
    const { message: text, code, status } = error;
    const answer = answerTo(code, status);
    switch (answer.do) {
      case 'wait':
        pace.rest(answer.milliseconds, answer.alone ? address : undefined);
        return { outcome: 'notArrived', error: text, retryAfter: answer.milliseconds };
      case 'again':
        return { outcome: 'notArrived', error: text };
      case 'template':
        await untilReached(clock, () => db.windows.deleteOne({ _id: `whatsapp:${address}` }));
        return template ? { outcome: 'refused', error: text } : 'template';
      case 'noTemplate':
        if (template) await states.set(template.name, lang, text);
        return { outcome: 'refused', error: text };
      case 'trouble':
        deps.trouble(text);
        return { outcome: 'refused', error: text };
      case 'refuse':
        return { outcome: 'refused', error: text };
    }
  };

  const byTemplate = async (address: string, message: Message, more: More): Promise<SendResult> => {
    const body = await prepared(message, more);
    if (!body)
      return { outcome: 'refused', error: 'outside the 24 hours, and no approved template stands for it' };
    try {
      return await post(address, body, more);
    } catch (error) {
      const failed = await explain(error, address, more.reader.lang, templateFor(more.template));
      return failed === 'template' ? { outcome: 'refused', error: 'outside the 24 hours' } : failed;
    }
  };

  return {
    pace,
    send: async (address, message, more) => {
      if (!(await isOpen(address))) return byTemplate(address, message, more);
      let leaving = false;
      try {
        const body = await freely(message, more);
        leaving = true;
        return await post(address, body, more);
      } catch (error) {
        const failed = await explain(error, address, more.reader.lang);
        if (failed === 'template') return byTemplate(address, message, more);
        // A file that was not uploaded went to nobody.
        return failed.outcome === 'uncertain' && !leaving
          ? { outcome: 'notArrived', error: failed.error }
          : failed;
      }
    },
  };
}

/** A template's parameter must have neither line breaks nor tabs nor runs of spaces. */
function inOneLine(text: string): string {
  return (
    text
      .replace(/\s*\n\s*/g, ', ')
      .replace(/\s+/g, ' ')
      .trim() || '—'
  );
}
