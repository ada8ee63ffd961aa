import { sendableFile } from '../channels/telegram/sendableFile.ts';
import type { IncomingFile } from '../flows/question.ts';
import { FileTrouble } from '../runtime/files.ts';
import { say } from './reply.ts';
import type { StaffContext } from './staffContext.ts';

/** Show a member a file, whichever channel it came by; says so kindly when it is gone. */
export async function sendFile(ctx: StaffContext, file: IncomingFile): Promise<void> {
  try {
    const { as, media } = await sendableFile(ctx.staff.files, file);
    if (as === 'photo') await ctx.replyWithPhoto(media);
    else if (as === 'voice') await ctx.replyWithVoice(media);
    else await ctx.replyWithDocument(media);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    await say(ctx, 'staff.said.fileGone', { name: file.name });
  }
}
