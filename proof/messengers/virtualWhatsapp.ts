import type { Choice } from '../../channels/numbered.ts';
import { GraphRefusal } from '../../channels/whatsapp/cloud/makeGraph.ts';
import { heardBy, type PostJudge } from '../post/virtualPost.ts';
import type { Shown } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import type { Device } from './device.ts';
import type { Accepted } from './makeCall.ts';
import type { OnItsWay } from './watched.ts';
import { type Offered, readCloudBody } from './readCloudBody.ts';

/** The WhatsApp of this world: chats with the agency's number, its 24 hours, its receipts. */
export interface VirtualWhatsapp {
  /** Where each webhook's body is brought; set once. */
  webhook(bring: (body: object) => void): void;
  /** @param to digits */
  accept(to: string, message: object, sent: OnItsWay): Accepted<string>;
  /** @param random of this person's hand alone */
  device(address: string, random: Random): Device;
  posted(): number;
}

/** What the judge is told of WhatsApp. */
export interface WhatsappJudge extends PostJudge {
  posted(event: { id: string; chat: string }): void;
  /** By this answer they chose this of that message. */
  meant(id: string, chosen: { chat: string; key: string; data: string }): void;
  /** The product sent what Meta would not take, or words of its own long after the 24 hours. */
  wrong(detail: string): void;
  outside(detail: string): void;
}

const windowLasts = 24 * 3_600_000;
/** So far the machine's clock can be off. */
const unsure = 3_660_000;
/** How many messages of a chat a reader scrolls back. */
const remembered = 10;

interface Read extends OnItsWay {
  id: string;
  offered: Offered[];
}

export function makeVirtualWhatsapp(deps: {
  time: VirtualTime;
  random: Random;
  judge: () => WhatsappJudge;
}): VirtualWhatsapp {
  const { time, random } = deps;
  const wrote = new Map<string, number>();
  const blocked = new Set<string>();
  const readers = new Map<string, (message: Shown) => void>();
  const chats = new Map<string, Read[]>();
  let bring: (body: object) => void = () => undefined;
  let taken = 0;
  let heard = 0;
  const seconds = () => String(Math.floor(time.now() / 1_000));
  const tell = (value: object) => bring({ entry: [{ changes: [{ field: 'messages', value }] }] });

  const receipt = (id: string, to: string, status: string, after: number, error?: object): void => {
    const told = { id, recipient_id: to, status, ...(error && { errors: [error] }) };
    time.after(after, () => tell({ statuses: [{ ...told, timestamp: seconds() }] }));
  };
  const fail = (id: string, to: string, key: string, error: object): void => {
    const after = random.between(300, 120_000);
    time.after(after, deps.judge().willFail(key));
    receipt(id, to, 'failed', after, error);
    if (random.chance(0.3)) receipt(id, to, 'failed', after + random.between(1_000, 60_000), error);
  };
  /** What is told of it: in any order, twice, or not at all. */
  const follow = (id: string, to: string, key: string): void => {
    const fate = random.next();
    if (fate < 0.03) return deps.judge().unheard(key);
    const after = random.between(300, 120_000);
    time.after(after + heardBy, deps.judge().awaits(key));
    receipt(id, to, 'delivered', after);
    if (fate < 0.5) receipt(id, to, random.chance(0.9) ? 'read' : 'delivered', random.between(300, 240_000));
  };
  const show = (address: string, read: Read, text: string): void => {
    chats.set(address, [...(chats.get(address) ?? []), read].slice(-remembered));
    const data = read.offered.map((one) => one.data);
    readers.get(address)?.({ id: taken, text, data, contact: false });
  };

  return {
    webhook: (way) => {
      bring = way;
    },
    posted: () => heard,
    accept: (to, message, sent) => {
      const address = `+${to}`;
      const body = readCloudBody(message, sent.choices);
      if ('wrong' in body) {
        deps.judge().wrong(`${sent.key}: ${body.wrong}`);
        return { refused: new GraphRefusal(400, 100, body.wrong) };
      }
      const since = time.now() - (wrote.get(address) ?? -Infinity);
      if (body.free && since > windowLasts + unsure)
        deps
          .judge()
          .outside(`${sent.key} to ${address}, ${Math.round(since / 3_600_000)} h after they wrote`);
      // Now and then Meta counts the hours otherwise than anybody here.
      const closed = body.free && (since >= windowLasts || random.chance(0.01));
      // Meta says it at once, or takes the message and says it later.
      if (closed && random.chance(0.5))
        return { refused: new GraphRefusal(400, 131047, 'Re-engagement message') };
      const id = `wamid.${(taken += 1)}`;
      if (closed) fail(id, to, sent.key, { code: 131047, title: 'Re-engagement message' });
      // Nobody is told that they are blocked.
      else if (blocked.has(address)) deps.judge().unheard(sent.key);
      else if (random.chance(0.03)) fail(id, to, sent.key, { code: 131026, title: 'Message undeliverable' });
      else {
        show(address, { ...sent, id, offered: body.offered }, body.text);
        follow(id, to, sent.key);
      }
      return { taken: id };
    },
    device: (address, hand) => {
      const from = address.slice(1);
      const post = (content: object, chosen?: { key: string; data: string }): void => {
        const id = `wamid.in${(heard += 1)}`;
        wrote.set(address, time.now());
        deps.judge().posted({ id: `wa:${id}`, chat: address });
        if (chosen) deps.judge().meant(`wa:${id}`, { chat: address, ...chosen });
        tell({
          contacts: [{ wa_id: from, profile: { name: `P${from}` } }],
          messages: [{ id, from, timestamp: seconds(), ...content }],
        });
      };
      const choose = ({ id, key, offered }: Read, { data, label, how, number }: Offered): void => {
        const quoted = { context: { id } };
        const typed = hand.chance(0.3) && onlyOne(offered, label) ? label : undefined;
        const words = how === 'number' ? String(number) : typed;
        if (words !== undefined)
          return post(
            { type: 'text', text: { body: words }, ...(hand.chance(0.3) && quoted) },
            { key, data },
          );
        if (how === 'quickReply')
          return post({ type: 'button', button: { payload: data, text: label }, ...quoted });
        const reply = how === 'list' ? 'list_reply' : 'button_reply';
        post({
          type: 'interactive',
          interactive: { type: reply, [reply]: { id: data, title: label } },
          ...quoted,
        });
      };
      return {
        address,
        // A start link opens a text with its code in brackets.
        text: (text) =>
          post({ type: 'text', text: { body: text.replace(/^\/start (\S+)$/, 'Hello! [$1]') } }),
        tap: (data) => {
          const message = chats
            .get(address)
            ?.findLast(({ offered }) => offered.some((one) => one.data === data));
          const chosen = message?.offered.find((one) => one.data === data);
          if (message && chosen) choose(message, chosen);
          else post({ type: 'button', button: { payload: data, text: data } });
        },
        contact: () => post({ type: 'contacts', contacts: [{ phones: [{ phone: address }] }] }),
        sticker: () => post({ type: 'sticker' }),
        document: () => post({ type: 'document', document: { id: `media-${from}`, filename: 'cv.pdf' } }),
        blocked: () => blocked.has(address),
        block: (yes) => void (yes ? blocked.add(address) : blocked.delete(address)),
        read: (reader) => void readers.set(address, reader),
      };
    },
  };
}

/** Is it a label that says which one is meant, and no number? */
function onlyOne(offered: Pick<Choice, 'label'>[], label: string): boolean {
  const alike = offered.filter((one) => one.label.toLowerCase() === label.toLowerCase());
  return alike.length === 1 && /\p{L}{2}/u.test(label) && !/^\d/.test(label);
}
