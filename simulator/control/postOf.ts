import { agencyMailbox } from '../mail/mailOffice.ts';
import { messengers } from '../messengers.ts';
import { type Person } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { describeLetter, mailOf } from './describeLetter.ts';

/** What somebody without a chat sees, in the shape of messages: letters by their number, SMS as they came. */
interface Post {
  id: number;
  rev: number;
  bot: number;
  from: 'bot' | 'user';
  text: string;
  entities: [];
  buttons: { label: string; url: string }[][];
  date: string;
  edited: false;
}

const base = { entities: [] as [], edited: false as const };

/** @returns undefined for whoever has a chat */
export function postOf(sim: Simulator, person: Person): Promise<Post[]> | undefined {
  if (person.channel === 'email') return letters(sim, person.email ?? '');
  if (person.channel === 'sms') return Promise.resolve(smses(sim, person.phone ?? ''));
  return undefined;
}

async function letters(sim: Simulator, address: string): Promise<Post[]> {
  const mail = mailOf(sim);
  const written = mail.office.box(agencyMailbox);
  const all = await Promise.all(
    [...mail.office.box(address), ...written].map(async (letter) => ({
      letter,
      shown: await describeLetter(mail, letter),
    })),
  );
  return all
    .filter(({ letter, shown }) => letter.box !== agencyMailbox || shown.from.includes(address))
    .sort((a, b) => a.letter.uid - b.letter.uid)
    .map(({ letter, shown }) => ({
      ...base,
      bot: messengers.email.id,
      id: letter.uid,
      rev: letter.uid,
      from: letter.box === agencyMailbox ? 'user' : 'bot',
      text: [shown.subject, shown.text.trim()].filter(Boolean).join('\n\n'),
      buttons: linksIn(shown.html),
      date: shown.at,
    }));
}

function smses(sim: Simulator, phone: string): Post[] {
  return sim.sms.all.flatMap((one, index) =>
    one.state === 'delivered' && sim.sms.of(phone).includes(one)
      ? [
          {
            ...base,
            bot: messengers.sms.id,
            id: index + 1,
            rev: index + 1,
            from: 'bot' as const,
            text: one.text,
            buttons: (one.text.match(/https?:\/\/\S+/g) ?? []).map((url) => [{ label: url, url }]),
            date: one.at,
          },
        ]
      : [],
  );
}

/** The buttons of a letter are links. */
function linksIn(html: string): { label: string; url: string }[][] {
  const found = html.matchAll(/<a style="[^"]*" href="([^"]+)">([^<]+)<\/a>/g);
  return [...found].map(([, url = '', label = '']) => [{ label, url: url.replaceAll('&amp;', '&') }]);
}
