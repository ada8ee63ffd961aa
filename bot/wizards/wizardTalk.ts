import type { Conversation } from '@grammyjs/conversations';
import { type Context, GrammyError } from 'grammy';
import { keyboard } from '../../channels/telegram/keyboard.ts';
import type { Params } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { type Speech, speech } from '../speech.ts';
import type { StaffContext } from '../staffContext.ts';
import type { WizardStart } from './startWizard.ts';

/** A wizard's talk. Everything outside of it is read and written in `external`, so a replay gives the same. */
export interface WizardTalk {
  conversation: Conversation<StaffContext, Context>;
  deps: BotDeps;
  member: Member;
  said: Speech;
  /** Ask and wait for an answer that `accept` takes. A button's value comes with `tapped`. */
  ask<T>(question: WizardQuestion, accept: (answer: WizardAnswer) => Accepted<T>): Promise<T>;
  button(
    step: string,
    value: string,
    key: string,
    more?: { style?: RenderedButton['style']; params?: Params },
  ): RenderedButton;
  /** Show something that is drawn elsewhere. */
  show(rendered: Rendered): Promise<void>;
  tell(key: string, params?: Params, buttons?: RenderedButton[][]): Promise<void>;
}

export interface WizardQuestion {
  step: string;
  key: string;
  params?: Params;
  buttons?: RenderedButton[][];
}

/** What came: words, or a button's value. `update` names the event it causes. */
export type WizardAnswer = { text: string; update: number } | { tapped: string; update: number };

/** An answer that was understood, a question to show anew, or a key that says what is wrong. */
export type Accepted<T> = { value: T } | { again: WizardQuestion } | { hint: string; params?: Params };

/** Open the talk of a wizard that was started by a member. */
export async function wizardTalk(
  conversation: Conversation<StaffContext, Context>,
  first: Context,
  deps: BotDeps,
  { member: id, run }: WizardStart,
): Promise<WizardTalk | undefined> {
  const member = await conversation.external(() => deps.db.members.findOne({ _id: id }));
  if (!member) return undefined;
  const said = speech(deps.words, member);
  const prefix = (step: string) => `w:${run}:${step}:`;
  let ctx = first;

  const reply = (text: string, buttons: RenderedButton[][] = []) => {
    const markup = keyboard({ text, buttons });
    return ctx.reply(text, { parse_mode: 'HTML', ...(markup && { reply_markup: markup }) });
  };

  const wait = async (step: string): Promise<WizardAnswer> => {
    for (;;) {
      const next = await conversation.wait();
      const data = next.callbackQuery?.data;
      const text = next.message?.text;
      const mine = data?.startsWith(prefix(step)) === true;
      if ((next.callbackQuery && !mine) || text?.startsWith('/') || !(next.message ?? next.callbackQuery)) {
        await conversation.skip({ next: true });
      }
      ctx = next;
      const { update_id: update } = next.update;
      if (data !== undefined) {
        await quietly(next.answerCallbackQuery());
        return { tapped: data.slice(prefix(step).length), update };
      }
      if (text !== undefined) return { text, update };
      await reply(said.text('staff.hint.textWanted'));
    }
  };

  return {
    conversation,
    deps,
    member,
    said,
    button: (step, value, key, more) => said.button(key, prefix(step) + value, more),
    show: async ({ text, buttons }) => void (await reply(text, buttons)),
    tell: async (key, params, buttons) => void (await reply(said.text(key, params), buttons)),
    ask: async (question, accept) => {
      const { message_id: id } = await reply(said.text(question.key, question.params), question.buttons);
      for (;;) {
        const accepted = accept(await wait(question.step));
        if ('value' in accepted) return accepted.value;
        if ('hint' in accepted) await reply(said.text(accepted.hint, accepted.params));
        else {
          const { key, params, buttons = [] } = accepted.again;
          const text = said.text(key, params);
          const markup = keyboard({ text, buttons });
          const inline = markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {};
          await quietly(
            ctx.api.editMessageText(ctx.chatId ?? 0, id, text, { parse_mode: 'HTML', ...inline }),
          );
        }
      }
    },
  };
}

/** An answer to a button or an edit that Telegram does not need any more is no fault. */
async function quietly(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
  }
}
