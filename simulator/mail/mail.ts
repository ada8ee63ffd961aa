import type { Store } from '../store.ts';
import { MailOffice } from './mailOffice.ts';
import { openImap } from './openImap.ts';
import { openSmtp } from './openSmtp.ts';

/** The simulator's mail: its mailboxes, and the two real servers before them. */
export interface Mail {
  office: MailOffice;
  smtpPort: number;
  imapPort: number;
  /** Break every connection to the agency's mailbox. */
  drop(): void;
  close(): void;
}

export async function openMail(store: Store, now: () => number): Promise<Mail> {
  const office = new MailOffice(store, now);
  const [smtp, imap] = await Promise.all([openSmtp(office), openImap(office)]);
  return {
    office,
    smtpPort: smtp.port,
    imapPort: imap.port,
    drop: imap.drop,
    close: () => {
      smtp.close();
      imap.close();
    },
  };
}
