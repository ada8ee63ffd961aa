import { Composer, InputFile } from 'grammy';
import { toBuffer } from 'qrcode';
import { readWebState } from '../../channels/whatsapp/web/readWebState.ts';
import { say, send, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawMessengers } from '../views/messengersView.ts';

/** How the agency's messengers stand, and the code that links WhatsApp: `/messengers`. The head's alone. */
export const messengerHandlers = new Composer<StaffContext>();

messengerHandlers.command('messengers', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'messenger.headOnly'));
  await send(ctx, await drawMessengers(ctx.staff, ctx.member));
});

messengerHandlers.callbackQuery('ms:code', async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'messenger.headOnly', undefined, true);
  const { state, qr } = await readWebState(ctx.staff.db);
  if (state !== 'link' || !qr) return toast(ctx, 'messenger.web.noCode', undefined, true);
  await toast(ctx);
  // Good for some twenty seconds: whoever is late asks for the next one.
  await ctx.replyWithPhoto(new InputFile(await toBuffer(qr, { width: 512 }), 'whatsapp.png'), {
    caption: ctx.staff.words.text(ctx.member, 'messenger.web.scan'),
    parse_mode: 'HTML',
    protect_content: true,
  });
});
