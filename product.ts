import { createServer, type Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import express from 'express';
import { Api } from 'grammy';
import { pino } from 'pino';
import { controlRoutes } from './api/control.ts';
import { makeApi } from './api/makeApi.ts';
import { pageRouter } from './api/page/pageRouter.ts';
import { webhookSecret } from './api/telegramWebhook.ts';
import { makeBot } from './bot/makeBot.ts';
import { makeDesk } from './bot/makeDesk.ts';
import { openMessengers } from './channels/openMessengers.ts';
import { chatLinks } from './channels/telegram/chatLinks.ts';
import { downloadFile } from './channels/telegram/downloadFile.ts';
import { makeUpdateHandler } from './channels/telegram/handleUpdate.ts';
import { quickCalls } from './channels/telegram/quickCalls.ts';
import { telegramLimits } from './channels/telegram/telegramLimits.ts';
import { introduce } from './channels/telegram/introduce.ts';
import { makeDeskChannel } from './channels/telegram/makeDeskChannel.ts';
import { makeTelegram } from './channels/telegram/makeTelegram.ts';
import { receiveUpdates } from './channels/telegram/receiveUpdates.ts';
import { openSms } from './channels/openSms.ts';
import { smsAccount, smsHook } from './channels/sms/smsAccount.ts';
import { openMail } from './channels/openMail.ts';
import { joinSimulator } from './demo/joinSimulator.ts';
import { simulatorMail } from './demo/simulatorMail.ts';
import { simulatorClock } from './demo/simulatorClock.ts';
import { makeFetchSheet } from './intake/googleSheet.ts';
import { makeAnswers } from './intake/makeAnswers.ts';
import { makeImports } from './intake/makeImports.ts';
import { openHh } from './intake/hh/openHh.ts';
import { novofonAccount, novofonHook } from './intake/novofon/novofonAccount.ts';
import { makeSources } from './intake/makeSources.ts';
import { openSources } from './intake/openSources.ts';
import { makeAgenda } from './jobs/makeAgenda.ts';
import { type Database, openDatabase } from './models/database.ts';
import { linkSecret } from './models/linkSecret.ts';
import { type Clock, makeClock, randomId } from './runtime/clock.ts';
import type { Config } from './runtime/config.ts';
import { makeFiles } from './runtime/files.ts';
import { makeCompanyLookup } from './runtime/companyLookup.ts';
import { whenNpmGoes } from './runtime/parentGone.ts';
import { openPolicy } from './runtime/livePolicy.ts';
import { makeMyData } from './runtime/makeMyData.ts';
import { makePace, type Pace } from './runtime/makePace.ts';
import { makePersonLinks } from './runtime/personLinks.ts';
import { makeShare, type Share } from './runtime/makeShare.ts';
import { makeEngine } from './runtime/makeEngine.ts';
import { makeReception } from './runtime/makeReception.ts';
import { loadWords } from './runtime/words.ts';
import { webhooks } from './webhooks.ts';

/** How often another process's changes of the policy are looked for, in milliseconds. */
const policyEvery = 2_000;

/** What an experiment puts around the product's doors to the outside (proof/chaos); nothing in a normal start. */
export interface Around {
  database?: (db: Database) => Database;
  api?: (api: Api) => void;
}

/** The product itself: bot, channels, jobs and API over a database, in this process. */
export async function runProduct(config: Config, around: Around = {}): Promise<void> {
  const logger = pino({ level: config.logLevel, base: null });
  const log = (line: object) => logger[levelOf(line)]({ ...line, level: undefined });
  const { token, mongodbUri } = config;
  if (!token || !mongodbUri) throw new Error('the product was started without a bot token or a database');
  const owner = `${process.pid}-${randomId(6)}`;
  const clock = makeClock(config.simulatorUrl ? await simulatorClock(config.simulatorUrl) : 0);
  const opened = await openDatabase(mongodbUri);
  const db = around.database?.(opened) ?? opened;
  const livePolicy = await openPolicy(db, clock, log);
  const { policy } = livePolicy;
  const apiRoot = config.apiRoot ?? 'https://api.telegram.org';
  const api = new Api(token, { apiRoot });
  api.config.use(quickCalls(apiRoot, token));
  around.api?.(api);
  const me = await api.getMe();
  // The demo's agency is the one of the locales.
  const agencyName = () => policy.agencyName || (config.simulatorUrl ? undefined : me.first_name);
  const words = loadWords(join(import.meta.dirname, 'locales'), agencyName);
  // What nearly every part asks for.
  const tools = { db, clock, words, policy, livePolicy, log };
  await db.settings.updateOne({ _id: 'botUsername' }, { $set: { value: me.username } }, { upsert: true });
  const agenda = await makeAgenda(db, owner, log);
  const share = config.child ? undefined : makeShare({ db, clock, owner, log });
  const pace = paceOf(config, clock, share);
  const files = makeFiles({
    ...tools,
    telegram: (id) => downloadFile({ api, apiRoot, token }, id),
    made: makeMyData(tools),
  });
  const telegram = makeTelegram({ ...tools, api, files, ...(pace && { pace }) });
  const deskChannel = makeDeskChannel({
    ...tools,
    api,
    telegram,
    begun: (candidate, thread) => engine.drawAtDesk(candidate, thread),
  });
  // The local Telegram's page hands on what it does not know to the product.
  const base = config.publicUrl ?? config.simulatorUrl;
  const chats = chatLinks(config.simulatorUrl, me.username);
  const links = makePersonLinks({ secret: await linkSecret(db, randomId(32)), base, clock });
  const messengers = openMessengers(config, { ...tools, files, share });
  const mail = openMail(
    { ...config, ...(config.simulatorUrl && (await simulatorMail(config.simulatorUrl))) },
    { ...tools, files, links },
  );
  const gateway = smsAccount(config);
  const receiptsUrl = gateway && base && `${base}${smsHook(gateway).path}`;
  const sms = openSms(gateway, { ...tools, links });
  const sourceTools = { ...tools, config, base };
  const hh = await openHh(sourceTools);
  const leadSources = [...openSources(sourceTools), ...(hh ? [hh.source] : [])];
  const engine = makeEngine({
    ...tools,
    channels: {
      telegram,
      desk: deskChannel,
      ...messengers.channels,
      ...(mail.channel && { email: mail.channel }),
      ...(sms && { sms: sms.channel }),
      source: makeAnswers({ ...tools, links, sources: leadSources }),
    },
    bell: agenda.bell,
    botUsername: me.username,
    owner,
    alone: config.child,
    remember: config.child ? 500 : 0,
    handlers: {
      telegram: (raw, hold) => handleUpdate(raw, hold),
      email: (raw, hold) => handleMail(raw, hold),
      ...messengers.handlers,
    },
    views: () => staff.views,
  });
  const { desk, reader, free, vacancies, groups, clientCalls, members, companies, broadcasts } = engine;
  const { receive, tell } = engine;
  const handleMail = mail.handler(engine);
  // In the demo the local register is asked, when a key is set.
  const lookupRoot = config.simulatorUrl && `${config.simulatorUrl}/dadata`;
  const companyLookup =
    config.companyLookup &&
    makeCompanyLookup({ ...(lookupRoot && { root: lookupRoot }), ...config.companyLookup, log });
  const imports = makeImports({ ...tools, desk, files, tell, owner, fetchSheet: makeFetchSheet() });
  const telephony = novofonAccount(config);
  const telephonyHook = telephony && novofonHook(telephony).path;
  const sources = makeSources({
    ...tools,
    ...engine,
    sources: leadSources,
    // For the head to enter in the cabinet: there is one when the product can be reached from outside.
    hooks: config.publicUrl && telephonyHook ? { novofon: `${config.publicUrl}${telephonyHook}` } : {},
  });
  // What recruiters do, in the chat or by the API.
  const doors = { ...tools, desk, free, vacancies, groups, clientCalls, companies, imports, sources, files };
  const staff = makeBot({
    ...doors,
    token,
    apiRoot,
    members,
    broadcasts,
    ...(companyLookup && { companyLookup }),
    codePage: links.code,
    pages: links.member,
    messengers: {
      ...(config.whatsapp ? { whatsapp: 'cloud' } : config.whatsappWeb && { whatsapp: 'web' }),
      max: config.max !== undefined,
      mail: mail.channel !== undefined,
      ...(gateway && { sms: { provider: gateway.provider, ...(receiptsUrl && { hook: receiptsUrl }) } }),
    },
    ...(pace && { pace }),
  });
  const reception = makeReception(doors);
  messengers.connect({ reception, receipts: engine.receipts, tellHeads: engine.tellHeads });
  const handleUpdate = makeUpdateHandler({
    api,
    botId: me.id,
    reception,
    words,
    reader,
    staff: (update) => staff.handle(update),
    group: makeDesk({ ...doors, api, botId: me.id }),
  });

  const app = express();
  app.disable('x-powered-by');
  const secret = process.env.CONTROL_SECRET ?? randomId(32);
  if (config.simulatorUrl) app.use('/control', controlRoutes({ clock, engine, words, secret }));
  app.use(
    '/webhooks',
    webhooks(config, { token, botId: me.id, receive, sources, sms, hh, tell, words, policy, ...chats }),
  );
  app.use('/p', pageRouter({ ...doors, reader, links, ...chats }));
  app.use(makeApi({ ...doors, health: engine.health }));
  const { server, url } = await listenOn(app, config);

  // What Telegram shows of the bot: nothing waits for it.
  introduce(api, words, config.simulatorUrl !== undefined).catch((error: unknown) =>
    log({ level: 'warn', introduce: String(error) }),
  );
  await share?.start();
  await engine.start();
  const mailbox = mail.watch(engine);
  await Promise.all([
    messengers.start(receive),
    agenda.start(engine.fire),
    sms?.start(engine.receipts, receiptsUrl),
  ]);
  await engine.retention.start();
  broadcasts.start();
  imports.start();
  sources.start();
  if (config.simulatorUrl) {
    const demo = {
      url: config.simulatorUrl,
      own: url,
      secret,
      ...tools,
      ...(telephony && telephonyHook && { telephony: { hook: telephonyHook, platform: telephony.platform } }),
    };
    await joinSimulator(demo);
    // The parent sends this one message: the simulator was restarted.
    process.on('message', () => {
      joinSimulator(demo).catch((error: unknown) => log({ level: 'error', simulator: String(error) }));
    });
  }
  livePolicy.watch(
    () =>
      void Promise.all([engine.contractNotices.remind(), engine.retention.start()]).catch((error: unknown) =>
        log({ level: 'warn', alarms: String(error) }),
      ),
  );
  const following = setInterval(
    () => void livePolicy.refresh().catch((error: unknown) => log({ level: 'warn', policy: String(error) })),
    policyEvery,
  );
  const poller = await receiveUpdates({
    api,
    botId: me.id,
    publicUrl: config.publicUrl,
    secret: webhookSecret(token),
    ...tools,
    receive,
  });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(following);
    await poller?.stop();
    await messengers.stop();
    await mailbox?.stop();
    sms?.stop();
    server.closeAllConnections();
    server.close();
    imports.end();
    sources.stop();
    await engine.stop();
    await share?.stop();
    await Promise.race([agenda.stop(), clock.sleep(1_000)]);
    await db.close().catch(() => undefined);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // The parent was killed: what it started must not go on alone.
  if (config.child) process.on('disconnect', () => process.exit(0));
  else whenNpmGoes(clock, () => void stop());
  if (process.send) process.send({ ready: true, url });
  else process.stdout.write(`ready ${url}\n`);
  // Usually written at the end of a process, which a killed one does not have: the next start is faster by it.
  flushCompileCache();
}

/** Telegram's limits, or another number of messages; the local Telegram has none. */
function paceOf(config: Config, clock: Clock, share: Share | undefined): Pace | undefined {
  const perSecond = config.messagesPerSecond ?? (config.simulatorUrl ? 0 : telegramLimits.perSecond);
  if (perSecond === 0) return undefined;
  return makePace(clock, { ...telegramLimits, perSecond, ...(share && { share: share.now }) });
}

function levelOf(line: object): 'debug' | 'info' | 'warn' | 'error' {
  const level = 'level' in line ? line.level : 'info';
  return level === 'debug' || level === 'warn' || level === 'error' ? level : 'info';
}

/** @returns the server, and its address on this machine; in the demo it listens there alone */
async function listenOn(app: express.Express, config: Config): Promise<{ server: Server; url: string }> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.simulatorUrl ? '127.0.0.1' : undefined, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return { server, url: `http://127.0.0.1:${port}` };
}
