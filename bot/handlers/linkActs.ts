import { InputFile } from 'grammy';
import { toBuffer } from 'qrcode';
import { startLinks } from '../../channels/startLinks.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { LinkRow } from '../../models/rows.ts';
import { randomId } from '../../runtime/clock.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast, voice } from '../reply.ts';
import { inRows } from '../speech.ts';
import type { StaffContext } from '../staffContext.ts';
import { sourceOf } from '../views/sourceOf.ts';

/** Sources one link each is made for most often; any other is typed. */
const sources = ['hh', 'avito', 'site', 'telegram', 'vk', 'flyer', 'referral', 'other'];

/** The links of a vacancy, one per source, and the way to more. */
export async function showLinks(ctx: StaffContext, vacancy: Vacancy): Promise<void> {
  const said = voice(ctx);
  const links = await ctx.staff.db.links.find({ vacancy: vacancy._id }).sort({ createdAt: 1 }).toArray();
  const lines = links
    .slice(-20)
    .map((link) =>
      said.text('staff.links.line', { source: sourceOf(said, link.source), link: urlOf(ctx, link) }),
    );
  const qr = links.slice(-6).map((link) =>
    said.button('staff.button.qr', `v:qr:${vacancy._id}:${link._id}`, {
      params: { source: sourceOf(said, link.source) },
    }),
  );
  const title = said.text(links.length > 0 ? 'staff.links.title' : 'staff.links.none', {
    title: { words: vacancy.title },
  });
  await redraw(ctx, {
    text: [title, ...lines].join('\n\n'),
    buttons: [
      ...inRows(qr, 2),
      [said.button('staff.button.newLink', `v:newLink:${vacancy._id}`, { style: 'primary' })],
      [said.button('staff.button.back', `v:open:${vacancy._id}`)],
    ],
  });
}

/** Where will the new link stand? */
export async function chooseSource(ctx: StaffContext, vacancy: Vacancy): Promise<void> {
  const said = voice(ctx);
  const buttons = sources.map((source) =>
    said.button(`staff.source.${source}`, `v:source:${vacancy._id}:${source}`),
  );
  const own = said.button('staff.button.ownSource', `v:ownSource:${vacancy._id}`);
  await redraw(ctx, {
    text: said.text('staff.links.choose'),
    buttons: [...inRows(buttons, 2), [own], [said.button('staff.button.back', `v:links:${vacancy._id}`)]],
  });
}

/** A source of the recruiter's own is typed. */
export async function askSource(ctx: StaffContext, vacancy: Vacancy): Promise<void> {
  await openPrompt(ctx, { kind: 'source', vacancy: vacancy._id });
  await askReply(ctx, 'staff.links.typeSource');
}

/** The name of a source, as typed. */
export async function typedSource(
  ctx: StaffContext,
  { vacancy: id }: Extract<Prompt, { kind: 'source' }>,
  text: string,
): Promise<void> {
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id });
  const source = text.trim().replace(/\s+/g, ' ');
  if (source.length < 2 || source.length > 40) return void (await say(ctx, 'staff.links.badSource'));
  if (vacancy) await giveLink(ctx, vacancy, source);
  await closePrompt(ctx);
}

/** One link per vacancy and source: asked for again, the same one comes. With its QR code, to print or forward. */
export async function giveLink(ctx: StaffContext, vacancy: Vacancy, source: string): Promise<void> {
  const { db, clock } = ctx.staff;
  const known = await db.links.findOne({ vacancy: vacancy._id, source });
  const link: LinkRow = known ?? { _id: randomId(12), vacancy: vacancy._id, source, createdAt: clock.now() };
  if (!known) await db.links.insertOne(link);
  await sendQr(ctx, vacancy, link);
}

/** The QR code of a link as a picture. */
export async function showQr(ctx: StaffContext, vacancy: Vacancy, token: string): Promise<void> {
  const link = await ctx.staff.db.links.findOne({ _id: token, vacancy: vacancy._id });
  if (!link) return toast(ctx, 'staff.toast.stale', undefined, true);
  await toast(ctx);
  await sendQr(ctx, vacancy, link);
}

async function sendQr(ctx: StaffContext, vacancy: Vacancy, link: LinkRow): Promise<void> {
  const said = voice(ctx);
  const url = urlOf(ctx, link);
  const params = { title: { words: vacancy.title }, source: sourceOf(said, link.source), link: url };
  const { db, words, messengers = { max: false } } = ctx.staff;
  const others = await startLinks(db, messengers, words, ctx.member, link._id);
  const also = others.map((other) => said.text('staff.links.also', { name: other.name, link: other.url }));
  const png = await toBuffer(url, { width: 600, margin: 2 });
  await ctx.replyWithPhoto(new InputFile(png, 'qr.png'), {
    caption: [said.text('staff.links.caption', params), ...also].join('\n\n'),
    parse_mode: 'HTML',
    reply_markup: {
      inline_keyboard: [{ name: 'Telegram', url }, ...others].map((one) => [
        {
          text: said.plain('staff.button.copyLinkOf', { name: one.name }),
          // Telegram copies no more than 256 characters.
          copy_text: { text: one.url.slice(0, 256) },
        },
      ]),
    },
  });
  if (!ctx.callbackQuery) await send(ctx, { text: said.text('staff.links.made'), buttons: [] });
}

function urlOf(ctx: StaffContext, { _id }: LinkRow): string {
  return `https://t.me/${ctx.me.username}?start=${_id}`;
}
