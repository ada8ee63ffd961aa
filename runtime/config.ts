import { IANAZone } from 'luxon';
import { z } from 'zod';

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** How the product was told to run. Parsed once; everything else gets its part of it by argument. */
export interface Config {
  port: number;
  dataDir: string;
  token: string | undefined;
  apiRoot: string | undefined;
  /** Telegram's limit in all; 0: none is kept. Undefined: as Telegram has it. */
  messagesPerSecond: number | undefined;
  publicUrl: string | undefined;
  mongodbUri: string | undefined;
  /** WhatsApp's official Cloud API; all of it or none. */
  whatsapp: WhatsAppConfig | undefined;
  /** WhatsApp by a linked phone: unofficial, and never beside the Cloud API. `browser`: its path. */
  whatsappWeb: { browser: string | undefined } | undefined;
  /** MAX's bot. */
  max: { root: string; token: string } | undefined;
  /** Letters leave by this server and come to that mailbox; `mailFrom` is whose they are. */
  smtpUrl: string | undefined;
  imapUrl: string | undefined;
  mailFrom: string | undefined;
  /** How SMS leave. */
  sms: { provider: 'smsru' | 'smsc'; key: string; root?: string; sender?: string } | undefined;
  /** The application that is registered at dev.hh.ru. */
  hh: { clientId: string; clientSecret: string } | undefined;
  /** The agency's telephone numbers: whoever calls one is a lead. */
  novofon: NovofonConfig | undefined;
  /** The register that companies are looked up in by their INN. */
  companyLookup: { key: string; root?: string } | undefined;
  /** An account of Avito, whose responses are leads; both keys or none. */
  avito: { clientId: string; clientSecret: string; root: string } | undefined;
  logLevel: (typeof levels)[number];
  /** Set by the parent process for the product it starts: the simulator's address and a free port. */
  simulatorUrl: string | undefined;
  child: boolean;
}

/** An account of Novofon. Platform 1.0 signs with a secret; `zone` is the account's: Novofon's times say none. */
export type NovofonConfig = { key: string; zone: string; root?: string } & (
  { platform: 2 } | { platform: 1; secret: string }
);

/** A number of WhatsApp's Cloud API. `businessId`: to read which templates Meta approved. */
export interface WhatsAppConfig {
  root: string;
  token: string;
  phoneId: string;
  appSecret: string;
  verifyToken: string;
  businessId?: string;
}

const optional = <T extends z.ZodType>(inner: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), inner.optional());

/** An address that paths are put behind: it is kept without a slash at its end. */
const webAddress = optional(
  z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .transform((url) => url.replace(/\/+$/, '')),
);

const shape = z.object({
  // An empty setting is one that is not there: `PORT=` in an .env file.
  PORT: z
    .string()
    .transform((text) => (text === '' ? 3000 : Number(text)))
    .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, 'must be 0 to 65535')
    .default(3000),
  DATA_DIR: z
    .string()
    .transform((text) => text || './data')
    .default('./data'),
  TELEGRAM_BOT_TOKEN: optional(
    z.string().regex(/^\d+:[\w-]{20,}$/, 'does not look like a bot token (123456:AA…)'),
  ),
  TELEGRAM_API_ROOT: webAddress,
  TELEGRAM_MESSAGES_PER_SECOND: optional(
    z
      .string()
      .regex(/^\d{1,4}$/, 'must be a number of messages, 0 for no limit')
      .transform(Number),
  ),
  PUBLIC_URL: webAddress,
  MONGODB_URI: optional(
    z.string().regex(/^mongodb(\+srv)?:\/\/.+/, 'must begin with mongodb:// or mongodb+srv://'),
  ),
  WHATSAPP_TOKEN: optional(z.string()),
  WHATSAPP_PHONE_ID: optional(z.string().regex(/^\d+$/, "must be the number's id: digits")),
  WHATSAPP_APP_SECRET: optional(z.string()),
  WHATSAPP_VERIFY_TOKEN: optional(z.string().min(8, 'must have at least 8 characters')),
  WHATSAPP_BUSINESS_ID: optional(z.string().regex(/^\d+$/, 'must be digits')),
  WHATSAPP_API_ROOT: webAddress,
  WHATSAPP_WEB: optional(z.enum(['0', '1'], { error: 'must be 1, or nothing' })),
  WHATSAPP_BROWSER: optional(z.string()),
  MAX_TOKEN: optional(z.string()),
  MAX_API_ROOT: webAddress,
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'must be smtps://user:password@host:465' })),
  IMAP_URL: optional(z.url({ protocol: /^imaps?$/, error: 'must be imaps://user:password@host:993' })),
  MAIL_FROM: optional(
    z
      .string()
      .regex(
        /^([^<>\r\n]+ <)?[^\s<>@]+@[^\s<>@]+>?$/,
        'must be jobs@example.com or Agency <jobs@example.com>',
      ),
  ),
  SMS_PROVIDER: optional(z.enum(['smsru', 'smsc'], { error: 'must be smsru or smsc' })),
  SMS_KEY: optional(z.string()),
  SMS_ROOT: webAddress,
  SMS_SENDER: optional(z.string().max(15, 'must have at most 15 characters')),
  HH_CLIENT_ID: optional(z.string()),
  HH_CLIENT_SECRET: optional(z.string().min(8, 'must have at least 8 characters')),
  NOVOFON_PLATFORM: optional(z.enum(['1', '2'], { error: 'must be 2 or 1' })),
  NOVOFON_KEY: optional(z.string()),
  NOVOFON_SECRET: optional(z.string()),
  NOVOFON_ZONE: optional(
    z.string().refine((zone) => IANAZone.isValidZone(zone), 'must be a time zone, as Europe/Moscow'),
  ),
  NOVOFON_ROOT: webAddress,
  COMPANY_LOOKUP_KEY: optional(z.string()),
  COMPANY_LOOKUP_ROOT: webAddress,
  AVITO_CLIENT_ID: optional(z.string()),
  AVITO_CLIENT_SECRET: optional(z.string()),
  AVITO_API_ROOT: webAddress,
  LOG_LEVEL: optional(z.enum(levels, { error: `must be one of ${levels.join(', ')}` })),
  SIMULATOR_URL: optional(z.url()),
  RECRUITING_CHILD: z.string().optional(),
});

/** Without one of these the others do nothing. */
const whatsappNeeds = [
  'WHATSAPP_TOKEN',
  'WHATSAPP_PHONE_ID',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
] as const;

function whatsappOf(data: z.output<typeof shape>): WhatsAppConfig | undefined {
  const {
    WHATSAPP_TOKEN: token,
    WHATSAPP_PHONE_ID: phoneId,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: verifyToken,
    WHATSAPP_BUSINESS_ID: businessId,
    WHATSAPP_API_ROOT: root = 'https://graph.facebook.com/v23.0',
  } = data;
  if (!token || !phoneId || !appSecret || !verifyToken) return undefined;
  return { root, token, phoneId, appSecret, verifyToken, ...(businessId && { businessId }) };
}

function novofonOf(data: z.output<typeof shape>): NovofonConfig | undefined {
  const { NOVOFON_KEY: key, NOVOFON_SECRET: secret, NOVOFON_ZONE: zone = 'Europe/Moscow' } = data;
  const root = data.NOVOFON_ROOT;
  if (!key) return undefined;
  const common = { key, zone, ...(root && { root }) };
  if (data.NOVOFON_PLATFORM !== '1') return { platform: 2, ...common };
  return secret ? { platform: 1, secret, ...common } : undefined;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: string[] };

/** Read the environment. A bad one is answered with every fault, one a line, and never with a value. */
export function readConfig(env: Record<string, string | undefined>): ConfigResult {
  const parsed = shape.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (env.PUBLIC_URL && !env.TELEGRAM_BOT_TOKEN) {
    faults.push('PUBLIC_URL: needs TELEGRAM_BOT_TOKEN (a webhook belongs to a real bot)');
  }
  if (env.WHATSAPP_WEB === '1' && env.WHATSAPP_TOKEN)
    faults.push('WHATSAPP_WEB: not beside WHATSAPP_TOKEN: a person would be written to by two numbers');
  const missing = whatsappNeeds.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < whatsappNeeds.length)
    faults.push(
      ...missing.map((name) => `${name}: is needed for WhatsApp, as ${whatsappNeeds.join(', ')} are`),
    );
  if (env.AVITO_CLIENT_ID && !env.AVITO_CLIENT_SECRET)
    faults.push('AVITO_CLIENT_SECRET: AVITO_CLIENT_ID needs it');
  if (env.AVITO_CLIENT_SECRET && !env.AVITO_CLIENT_ID)
    faults.push('AVITO_CLIENT_ID: AVITO_CLIENT_SECRET needs it');
  // Of a local Telegram anything is good.
  if (env.PUBLIC_URL?.startsWith('http://') && !env.TELEGRAM_API_ROOT)
    faults.push('PUBLIC_URL: must begin with https://: Telegram calls no other address');
  if (env.SMS_KEY && !env.SMS_PROVIDER) faults.push('SMS_PROVIDER: SMS_KEY needs to know whose it is');
  if (env.SMS_PROVIDER && !env.SMS_KEY) faults.push('SMS_KEY: SMS_PROVIDER needs the key of its account');
  if (Boolean(env.HH_CLIENT_ID) !== Boolean(env.HH_CLIENT_SECRET))
    faults.push('HH_CLIENT_ID: goes together with HH_CLIENT_SECRET');
  if (env.HH_CLIENT_ID && !env.PUBLIC_URL && !env.SIMULATOR_URL)
    faults.push('PUBLIC_URL: hh.ru leads the head back to it, so HH_CLIENT_ID needs it');
  if (env.NOVOFON_PLATFORM && !env.NOVOFON_KEY)
    faults.push('NOVOFON_KEY: NOVOFON_PLATFORM needs the key of its account');
  if (env.NOVOFON_PLATFORM === '1' && !env.NOVOFON_SECRET)
    faults.push('NOVOFON_SECRET: platform 1 signs with it');
  if (env.SMTP_URL && !env.MAIL_FROM) faults.push('MAIL_FROM: SMTP_URL needs to know whose letters they are');
  if (env.IMAP_URL && !env.MAIL_FROM) faults.push('MAIL_FROM: IMAP_URL needs to know which letters are ours');
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const { data } = parsed;
  return {
    ok: true,
    config: {
      port: data.PORT,
      dataDir: data.DATA_DIR,
      token: data.TELEGRAM_BOT_TOKEN,
      apiRoot: data.TELEGRAM_API_ROOT,
      messagesPerSecond: data.TELEGRAM_MESSAGES_PER_SECOND,
      publicUrl: data.PUBLIC_URL,
      mongodbUri: data.MONGODB_URI,
      whatsapp: whatsappOf(data),
      whatsappWeb: data.WHATSAPP_WEB === '1' ? { browser: data.WHATSAPP_BROWSER } : undefined,
      max: data.MAX_TOKEN
        ? { root: data.MAX_API_ROOT ?? 'https://platform-api2.max.ru', token: data.MAX_TOKEN }
        : undefined,
      smtpUrl: data.SMTP_URL,
      imapUrl: data.IMAP_URL,
      mailFrom: data.MAIL_FROM,
      sms:
        data.SMS_PROVIDER && data.SMS_KEY
          ? {
              provider: data.SMS_PROVIDER,
              key: data.SMS_KEY,
              ...(data.SMS_ROOT && { root: data.SMS_ROOT }),
              ...(data.SMS_SENDER && { sender: data.SMS_SENDER }),
            }
          : undefined,
      hh:
        data.HH_CLIENT_ID && data.HH_CLIENT_SECRET
          ? { clientId: data.HH_CLIENT_ID, clientSecret: data.HH_CLIENT_SECRET }
          : undefined,
      novofon: novofonOf(data),
      companyLookup: data.COMPANY_LOOKUP_KEY
        ? {
            key: data.COMPANY_LOOKUP_KEY,
            ...(data.COMPANY_LOOKUP_ROOT && { root: data.COMPANY_LOOKUP_ROOT }),
          }
        : undefined,
      avito:
        data.AVITO_CLIENT_ID && data.AVITO_CLIENT_SECRET
          ? {
              clientId: data.AVITO_CLIENT_ID,
              clientSecret: data.AVITO_CLIENT_SECRET,
              root: data.AVITO_API_ROOT ?? 'https://api.avito.ru',
            }
          : undefined,
      logLevel: data.LOG_LEVEL ?? 'info',
      simulatorUrl: data.SIMULATOR_URL,
      child: data.RECRUITING_CHILD === '1',
    },
  };
}
