import { type Conversation, createConversation } from '@grammyjs/conversations';
import { Composer, type Context } from 'grammy';
import type { BotDeps } from '../botDeps.ts';
import { toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { callPlanWizard } from '../wizards/callPlanWizard.ts';
import { callReportWizard } from '../wizards/callReportWizard.ts';
import { inviteWizard } from '../wizards/inviteWizard.ts';
import { leadWizard } from '../wizards/leadWizard.ts';
import { startWizard, type WizardStart } from '../wizards/startWizard.ts';
import { vacancyEdit } from '../wizards/vacancyEdit.ts';
import { vacancyWizard } from '../wizards/vacancyWizard.ts';
import { type WizardTalk, wizardTalk } from '../wizards/wizardTalk.ts';

/** Wizards that stand take their answers first; everything else passes through them. */
export function wizardHandlers(deps: BotDeps): Composer<StaffContext> {
  const composer = new Composer<StaffContext>();
  const install = (id: string, run: (talk: WizardTalk, start: WizardStart) => Promise<void>) => {
    const script = async (
      conversation: Conversation<StaffContext, Context>,
      ctx: Context,
      start: WizardStart,
    ) => {
      const talk = await wizardTalk(conversation, ctx, deps, start);
      if (talk) await run(talk, start);
    };
    composer.use(createConversation<StaffContext, Context>(script, { id, parallel: true }));
  };
  install('vacancy', vacancyWizard);
  install('lead', leadWizard);
  install('vacancyEdit', vacancyEdit);
  install('callPlan', callPlanWizard);
  install('callReport', callReportWizard);
  install('invite', inviteWizard);
  composer.command('add', (ctx) => startWizard(ctx, 'lead'));
  return composer;
}

/** Buttons of a wizard that is over. */
export const oldWizardButtons = new Composer<StaffContext>();
oldWizardButtons.callbackQuery(/^w:/, (ctx) => toast(ctx, 'staff.toast.stale'));
