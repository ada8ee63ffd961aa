import { Router } from 'express';
import { avitoWebhook } from './api/avitoWebhook.ts';
import { type HhCameBack, hhWebhook } from './api/hhWebhook.ts';
import { maxWebhook } from './api/maxWebhook.ts';
import { novofonWebhook } from './api/novofonWebhook.ts';
import { smsWebhook } from './api/smsWebhook.ts';
import { telegramWebhook, webhookSecret } from './api/telegramWebhook.ts';
import { whatsappWebhook } from './api/whatsappWebhook.ts';
import { maxSecret } from './channels/max/openMax.ts';
import type { Sms } from './channels/sms/makeSms.ts';
import { smsAccount, smsHook } from './channels/sms/smsAccount.ts';
import type { Policy } from './flows/policies/policy.ts';
import { avitoAccount, avitoHookSecret } from './intake/avito/avitoAccount.ts';
import type { OpenHh } from './intake/hh/openHh.ts';
import { judgeNovofonHook, novofonAccount, novofonHook } from './intake/novofon/novofonAccount.ts';
import type { Config } from './runtime/config.ts';
import type { Receive } from './runtime/makeInbox.ts';
import type { Tell } from './runtime/makeTell.ts';
import type { Sources } from './runtime/sources.ts';
import type { Words } from './runtime/words.ts';

/** What is behind the doors. */
interface Behind {
  token: string;
  botId: number;
  receive: Receive;
  sources: Sources;
  sms: Sms | undefined;
  hh: OpenHh | undefined;
  tell: Tell;
  words: Words;
  policy: Policy;
  chatUrl: string;
}

/** `/webhooks`: a door for everybody who tells us something by themselves, as far as they are set up. */
export function webhooks(config: Config, behind: Behind): Router {
  const { token, botId, receive, sources, sms, hh } = behind;
  const router = Router();
  router.use('/telegram', telegramWebhook({ secret: webhookSecret(token), botId, receive }));
  if (config.max) router.use('/max', maxWebhook({ secret: maxSecret(config.max.token), receive }));
  if (config.whatsapp) router.use('/whatsapp', whatsappWebhook({ ...config.whatsapp, receive }));
  const account = smsAccount(config);
  if (account && sms) router.use('/sms', smsWebhook({ secret: smsHook(account).secret, heard: sms.heard }));
  if (hh) router.use('/hh', hhDoor(hh, behind));
  const avito = avitoAccount(config);
  if (avito)
    router.use('/avito', avitoWebhook({ secret: avitoHookSecret(avito), ring: () => sources.ring('avito') }));
  const novofon = novofonAccount(config);
  if (novofon) {
    const judge = (fields: Record<string, unknown>, signature: string) =>
      judgeNovofonHook(novofon, fields, signature);
    const ring = () => sources.ring('novofon');
    router.use('/novofon', novofonWebhook({ secret: novofonHook(novofon).secret, judge, ring }));
  }
  return router;
}

function hhDoor(hh: OpenHh, { sources, tell, words, policy, chatUrl }: Behind): Router {
  const ring = () => sources.ring('hh');
  const cameBack = (query: HhCameBack) => hh.cameBack(query, { tell, ring });
  return hhWebhook({ secret: hh.hook, ring, cameBack, words, policy, chatUrl });
}
