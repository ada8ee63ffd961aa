import { type Store } from './store.ts';
import { World } from './world.ts';
import { Avito } from './avito/avito.ts';
import { Registry } from './dadata/registry.ts';
import { Hh } from './hh/hh.ts';
import { Novofon } from './novofon/novofon.ts';
import { SmsOffice } from './sms/smsOffice.ts';
import { type Mail } from './mail/mail.ts';
import { ClockMover } from './control/clockMover.ts';
import { Product } from './control/product.ts';
import { Faults } from './telegram/faults.ts';
import { Limits } from './telegram/limits.ts';
import { Queries } from './telegram/queries.ts';
import { Updates } from './telegram/updates.ts';
import { Webhooks } from './telegram/webhooks.ts';
import { Max } from './max/max.ts';
import { WhatsApp } from './whatsapp/whatsapp.ts';

/** All parts of one running simulator. The HTTP server hands requests to them; nothing here knows HTTP. */
export class Simulator {
  readonly world: World;
  readonly faults = new Faults();
  readonly updates: Updates;
  readonly queries: Queries;
  readonly limits: Limits;
  readonly webhooks: Webhooks;
  readonly product = new Product();
  readonly mover: ClockMover;
  readonly whatsapp = new WhatsApp(this);
  readonly max = new Max(this);
  /** Our own address, once it is known: for links to files. */
  own: string | undefined;
  readonly sms = new SmsOffice(() => this.world.events.tell({ type: 'post' }));
  readonly registry = new Registry();
  readonly hh: Hh;
  readonly avito: Avito;
  readonly novofon = new Novofon();
  /** Open as soon as the servers listen. */
  mail: Mail | undefined;

  /** Grows with everything that happens: two looks with the same number saw the same world. */
  get activity(): number {
    return (
      this.world.rev +
      this.updates.made +
      this.whatsapp.hooks.made +
      this.max.made +
      this.max.hooks.made +
      this.sms.hooks.made +
      this.hh.hooks.made +
      this.avito.hooks.made +
      this.novofon.hooks.made
    );
  }

  /** @param options `limits`: whether Telegram's sending limits are enforced. */
  constructor(store: Store, options: { limits: boolean }) {
    this.world = new World(store);
    this.updates = new Updates(this.world, this.faults);
    this.queries = new Queries(this.world.clock);
    this.limits = new Limits(this.world.clock, options.limits);
    this.webhooks = new Webhooks(this);
    this.mover = new ClockMover(this);
    this.hh = new Hh(this);
    this.avito = new Avito(this.world.clock, () => this.world.events.tell({ type: 'post' }));
  }
}
