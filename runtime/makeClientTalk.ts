import type { Params } from '../flows/effect.ts';
import type { RefusalCode } from '../flows/facts.ts';
import type { Member } from '../flows/member.ts';
import { mayManage } from '../flows/members/mayManage.ts';
import { inParts } from '../flows/inParts.ts';
import type { IncomingFile } from '../flows/question.ts';
import type { Database } from '../models/database.ts';
import { firstOfStaff } from './firstOfStaff.ts';
import type { Tell } from './makeTell.ts';

/** Words between clients and the agency's people that are about no candidate. Safe to repeat with the same id. */
export interface ClientTalk {
  /** Somebody who is no candidate wrote to the agency's mailbox. @returns whether there is anybody to tell */
  wrote(id: string, address: string, text: string, files: readonly IncomingFile[]): Promise<boolean>;
  /** A client wrote in their chat. @returns whether there is anybody to tell */
  heard(id: string, client: Member, text: string, files: readonly IncomingFile[]): Promise<boolean>;
  /** One of the agency's people writes to a client. @returns why not */
  answer(id: string, by: Member, client: string, text: string): Promise<RefusalCode | undefined>;
}

export function makeClientTalk(deps: {
  db: Pick<Database, 'members' | 'vacancies' | 'invites'>;
  tell: Tell;
}): ClientTalk {
  const { db, tell } = deps;

  /** Whoever invited them; else those who work on their vacancies; else the heads. */
  const whose = async (invitedBy: string | undefined, client: string | undefined): Promise<string[]> => {
    const own = await db.vacancies.find(client === undefined ? { _id: '' } : { client }).toArray();
    const theirs = new Set(own.flatMap(({ recruiters }) => recruiters));
    return firstOfStaff(db, new Set([invitedBy]), theirs);
  };

  /** The text once, in as many messages as it takes; each file in a message of its own, the first under the text's end. */
  const tellAll = async (
    id: string,
    to: string[],
    key: string,
    given: Params,
    text: string,
    files: readonly IncomingFile[],
    client?: string,
  ): Promise<boolean> => {
    const answer = { label: { key: 'notice.button.reply' }, data: `mb:say:${client ?? ''}` };
    const pieces = inParts(text, files.length > 0 ? 'caption' : 'text');
    const end = pieces.pop() ?? '';
    const parts: { text: string; file?: IncomingFile }[] = pieces.map((piece) => ({ text: piece }));
    if (files.length === 0) parts.push({ text: end });
    else parts.push(...files.map((file, n) => ({ file, text: n ? '' : end })));
    for (const [index, { text: words, ...file }] of parts.entries()) {
      const message = { key, params: { ...given, text: words }, ...file };
      await tell(`${id}:wrote:${index}`, to, client ? { ...message, buttons: [[answer]] } : message);
    }
    return to.length > 0;
  };

  return {
    wrote: async (id, address, text, files) => {
      const member = await db.members.findOne({ email: address });
      const invite = await db.invites.findOne({ email: address }, { sort: { createdAt: -1 } });
      if (!member && !invite) return false;
      const to = await whose(invite?.by ?? member?.invitedBy, member?._id);
      const name = member?.name ?? invite?.name ?? address;
      return tellAll(id, to, 'invite.wrote', { name, email: address }, text, files);
    },
    heard: async (id, { _id, name, company, invitedBy }, text, files) => {
      const who = [name, company].filter(Boolean).join(', ');
      return tellAll(id, await whose(invitedBy, _id), 'invite.heard', { name: who }, text, files, _id);
    },
    answer: async (id, by, of, text) => {
      const client = await db.members.findOne({ _id: of });
      if (!client?.active || client.role !== 'client') return 'noSuchMember';
      const code = mayManage(by, client, await db.vacancies.find({ client: of }).toArray());
      if (code) return code;
      if (!client.telegram && !client.email) return 'cannotReach';
      if (text.trim() === '') return 'emptyText';
      const others = (await whose(client.invitedBy, of)).filter((one) => one !== by._id);
      for (const [index, part] of inParts(text.trim()).entries()) {
        const params = { name: by.name, text: part };
        await tell(`${id}:said:${index}`, [of], { key: 'client.word', params });
        // Whoever heard the question knows that it is answered.
        await tell(`${id}:answered:${index}`, others, {
          key: 'invite.say.told',
          params: { ...params, client: client.name },
        });
      }
      return undefined;
    },
  };
}
