import { createServer, type Socket } from 'node:net';
import { agencyMailbox, type MailOffice, type StoredLetter } from './mailOffice.ts';

/** The mailbox's UIDVALIDITY: it is never made anew. */
const validity = 7;

/**
 * The agency's mailbox over IMAP4rev1 (RFC 3501) as far as a client needs that reads an INBOX and waits for more:
 * LOGIN, LIST, SELECT, EXAMINE, FETCH by UID, IDLE (RFC 2177). Anything else is answered BAD, as a strict server does.
 * @returns its port on loopback, how to close it, and how to break every connection.
 */
export async function openImap(
  office: MailOffice,
): Promise<{ port: number; close: () => void; drop: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    serve(office, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = (): void => {
    drop();
    server.close();
  };
  return { port: typeof address === 'object' && address ? address.port : 0, close, drop };
}

function serve(office: MailOffice, socket: Socket): void {
  let known = false;
  let opened = false;
  let idling: string | undefined;
  /** How many letters the client was told of. */
  let told = 0;
  const write = (line: string | Buffer): void => void (socket.writable && socket.write(line));
  const say = (line: string): void => write(`${line}\r\n`);
  const letters = (): StoredLetter[] => office.box(agencyMailbox);
  const tell = (): void => {
    if (letters().length === told) return;
    told = letters().length;
    say(`* ${told} EXISTS`);
  };
  const leave = office.listen(() => {
    if (opened && idling !== undefined) tell();
  });
  socket.once('close', () => {
    leave();
    if (opened) office.readers -= 1;
  });

  const open = (tag: string, mode: string): void => {
    const list = letters();
    say('* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)');
    told = list.length;
    say(`* ${told} EXISTS`);
    say('* 0 RECENT');
    say(`* OK [UIDVALIDITY ${validity}] stable`);
    say(`* OK [UIDNEXT ${(list.at(-1)?.uid ?? 0) + 1}] next`);
    if (!opened) office.readers += 1;
    opened = true;
    if (office.fetched === 0) office.fetched = list.at(-1)?.uid ?? 0;
    say(`${tag} OK [${mode}] opened`);
  };

  const fetch = (tag: string, range: string, items: string): void => {
    const list = letters();
    const wanted = inRange(list, range);
    for (const letter of wanted) {
      const raw = office.raw(letter);
      const seq = list.indexOf(letter) + 1;
      const parts = [`UID ${letter.uid}`];
      if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${raw.length}`);
      if (/FLAGS/i.test(items)) parts.push('FLAGS ()');
      const body = /BODY(\.PEEK)?\[\]/i.test(items);
      if (!body) say(`* ${seq} FETCH (${parts.join(' ')})`);
      else {
        write(`* ${seq} FETCH (${parts.join(' ')} BODY[] {${raw.length}}\r\n`);
        write(raw);
        say(')');
        office.fetched = Math.max(office.fetched, letter.uid);
      }
    }
    say(`${tag} OK fetched`);
  };

  const command = (line: string): void => {
    if (idling !== undefined) {
      if (!/^DONE$/i.test(line.trim())) return;
      say(`${idling} OK idle ended`);
      idling = undefined;
      return;
    }
    const [, tag = '*', name = '', rest = ''] = /^(\S+) (\S+)\s?(.*)$/.exec(line) ?? [];
    const verb = name.toUpperCase();
    if (verb === 'CAPABILITY') {
      say('* CAPABILITY IMAP4rev1 IDLE');
      return say(`${tag} OK done`);
    }
    if (verb === 'NOOP') {
      if (opened) tell();
      return say(`${tag} OK done`);
    }
    if (verb === 'LOGOUT') {
      say('* BYE');
      say(`${tag} OK bye`);
      return void socket.end();
    }
    if (verb === 'LOGIN') {
      known = true;
      return say(`${tag} OK [CAPABILITY IMAP4rev1 IDLE] welcome`);
    }
    if (!known) return say(`${tag} NO log in first`);
    if (verb === 'LIST' || verb === 'LSUB') {
      say(`* ${verb} (\\HasNoChildren) "/" INBOX`);
      return say(`${tag} OK done`);
    }
    if (verb === 'SELECT' || verb === 'EXAMINE')
      return open(tag, verb === 'SELECT' ? 'READ-WRITE' : 'READ-ONLY');
    if (!opened) return say(`${tag} BAD no mailbox is open`);
    if (verb === 'IDLE') {
      idling = tag;
      say('+ idling');
      return tell();
    }
    const [, range, items] = /^FETCH (\S+) (.*)$/i.exec(rest) ?? [];
    if (verb === 'UID' && range && items) return fetch(tag, range, items);
    if (verb === 'CLOSE' || verb === 'UNSELECT') return say(`${tag} OK closed`);
    say(`${tag} BAD ${verb} is not known here`);
  };

  let rest = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      command(line);
    }
  });
  say('* OK the simulator is ready');
}

/** `5`, `2:4`, `7:*` and lists of them; "n:*" always names the last one (RFC 3501, 6.4.8). */
function inRange(list: StoredLetter[], range: string): StoredLetter[] {
  const last = list.at(-1)?.uid ?? 0;
  const spans = range.split(',').map((part) => {
    const [from = '', to = from] = part.split(':');
    const [a, b] = [from, to].map((text) => (text === '*' ? last : Number(text)));
    return [Math.min(a ?? 0, b ?? 0), Math.max(a ?? 0, b ?? 0)] as const;
  });
  return list.filter(({ uid }) => spans.some(([from, to]) => uid >= from && uid <= to));
}
