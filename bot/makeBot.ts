import { conversations } from '@grammyjs/conversations';
import { Bot, BotError, type Composer, type Context, GrammyError, type Transformer } from 'grammy';
import { paced } from '../channels/telegram/paced.ts';
import { quickCalls } from '../channels/telegram/quickCalls.ts';
import type { BotDeps, StaffBot } from './botDeps.ts';
import { callHandlers } from './handlers/callHandlers.ts';
import { broadcastHandlers } from './handlers/broadcastHandlers.ts';
import { cardHandlers } from './handlers/cardHandlers.ts';
import { clientCallHandlers } from './handlers/clientCallHandlers.ts';
import { clientHandlers } from './handlers/clientHandlers.ts';
import { clientTalk } from './handlers/clientTalk.ts';
import { companyHandlers } from './handlers/companyHandlers.ts';
import { groupHandlers } from './handlers/groupHandlers.ts';
import { hoursHandlers } from './handlers/hoursHandlers.ts';
import { listHandlers } from './handlers/listHandlers.ts';
import { matchHandlers } from './handlers/matchHandlers.ts';
import { personHandlers } from './handlers/personHandlers.ts';
import { pipelineHandlers } from './handlers/pipelineHandlers.ts';
import { promptHandlers } from './handlers/promptHandlers.ts';
import { serviceHandlers, staffServiceHandlers } from './handlers/serviceHandlers.ts';
import { duplicateHandlers } from './handlers/duplicateHandlers.ts';
import { memberHandlers } from './handlers/memberHandlers.ts';
import { importHandlers } from './handlers/importHandlers.ts';
import { messengerHandlers } from './handlers/messengerHandlers.ts';
import { siteHandlers } from './handlers/siteHandlers.ts';
import { settingsHandlers } from './handlers/settingsHandlers.ts';
import { startHandlers } from './handlers/startHandlers.ts';
import { taskHandlers } from './handlers/taskHandlers.ts';
import { talkHandlers } from './handlers/talkHandlers.ts';
import { templateHandlers } from './handlers/templateHandlers.ts';
import { vacancyHandlers } from './handlers/vacancyHandlers.ts';
import { oldWizardButtons, wizardHandlers } from './handlers/wizardHandlers.ts';
import { identify } from './identify.ts';
import { leaveGravePrompt } from './prompt.ts';
import { retrying } from './retrying.ts';
import type { StaffContext } from './staffContext.ts';
import { makeDeskCard } from './views/makeDeskCard.ts';
import { makeInvitation } from './views/makeInvitation.ts';
import { makeImportView } from './views/importViews.ts';
import { makeCard } from './views/makeCard.ts';
import { alreadyHandled, wizardStorage } from './wizards/wizardStorage.ts';

/**
 * The Telegram bot of recruiters, the head and clients. It is handed updates from the inbox, so it neither polls
 * nor listens; every change of a candidate goes through `desk.perform` under an id of the update.
 */
export function makeBot(deps: BotDeps): StaffBot {
  const views = {
    card: makeCard(deps),
    deskCard: makeDeskCard(deps),
    invitation: makeInvitation(deps),
    import: makeImportView(deps),
  };
  const { token, apiRoot, client } = deps;
  const bot = new Bot<StaffContext>(token, { client: { ...client, apiRoot } });
  const rules = [...(deps.pace ? [paced(deps.pace)] : []), retrying()];
  // Not among the rules: inside a wizard a call has to reach the conversation, which says nothing twice on a replay.
  bot.api.config.use(quickCalls(apiRoot, token), ...rules);
  bot.use((ctx, next) => {
    ctx.staff = { ...deps, views };
    // A keyboard that begins with a capital letter, or has them locked, still gives the command.
    if (ctx.message?.text)
      ctx.message.text = ctx.message.text.replace(/^\/\w+/, (word) => word.toLowerCase());
    return next();
  });
  bot.use(startHandlers);
  bot.use(identify);
  bot.use(async (ctx, next) => ((await alreadyHandled(ctx)) ? undefined : next()));
  install(bot, deps, rules);
  return { bot, views, handle: (update) => handle(bot, deps, update) };
}

/** The order matters: wizards and questions take their answers before words go to a candidate. */
function install(bot: Bot<StaffContext>, deps: BotDeps, rules: Transformer[]): void {
  bot.use(
    conversations<StaffContext, Context>({
      storage: wizardStorage(),
      plugins: [
        (ctx, next) => {
          ctx.api.config.use(...rules);
          return next();
        },
      ],
    }),
  );
  bot.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.failed = true;
      throw error;
    }
  });
  const staff: Composer<StaffContext>[] = [
    staffServiceHandlers,
    wizardHandlers(deps),
    listHandlers,
    broadcastHandlers,
    templateHandlers,
    callHandlers,
    clientCallHandlers,
    companyHandlers,
    vacancyHandlers,
    matchHandlers,
    groupHandlers,
    importHandlers,
    duplicateHandlers,
    hoursHandlers,
    settingsHandlers,
    messengerHandlers,
    siteHandlers,
    memberHandlers,
    clientTalk,
    pipelineHandlers,
    cardHandlers,
    taskHandlers,
    personHandlers,
    oldWizardButtons,
    promptHandlers,
    talkHandlers,
  ];
  bot.use(serviceHandlers);
  bot.filter((ctx) => ctx.member.role === 'client').use(clientHandlers);
  bot
    .filter((ctx) => ctx.member.role !== 'client')
    .use(
      async (ctx, next) => {
        const command =
          ctx.message?.text?.startsWith('/') === true && !ctx.message.text.startsWith('/cancel');
        if (command || ctx.callbackQuery) await leaveGravePrompt(ctx);
        await next();
      },
      ...staff,
    );
}

/** What Telegram refuses for good is written down; anything else is thrown, and the update comes again. */
async function handle(
  bot: Bot<StaffContext>,
  deps: BotDeps,
  update: Parameters<StaffBot['handle']>[0],
): Promise<void> {
  await bot.init();
  try {
    await bot.handleUpdate(update);
  } catch (thrown) {
    const error = thrown instanceof BotError ? thrown.error : thrown;
    if (!(error instanceof GrammyError) || error.error_code >= 500 || error.error_code === 429) throw error;
    deps.log({ level: 'warn', update: update.update_id, method: error.method, refused: error.description });
  }
}
