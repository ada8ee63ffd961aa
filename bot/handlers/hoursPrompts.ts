import { DateTime } from 'luxon';
import { parseDate } from '../../flows/dialogs/parseDate.ts';
import type { Member } from '../../flows/member.ts';
import { parseHours } from '../parseHours.ts';
import { closePrompt, type Prompt } from '../prompt.ts';
import { say, send, voice } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawHours } from '../views/hoursView.ts';

type Of<K extends Prompt['kind']> = Extract<Prompt, { kind: K }>;

/** Whose hours somebody may see and change: their own; the head, everybody's of the staff. */
export async function whoseHours(ctx: StaffContext, id: string): Promise<Member | undefined> {
  if (id !== ctx.member._id && ctx.member.role !== 'head') return undefined;
  return (await ctx.staff.db.members.findOne({ _id: id, role: { $in: ['head', 'recruiter'] } })) ?? undefined;
}

/** Working windows as typed; what is wrong with them is said, and asked again. */
export async function typedHours(
  ctx: StaffContext,
  { member: id }: Of<'hours'>,
  text: string,
): Promise<void> {
  const { words } = ctx.staff;
  const whose = await whoseHours(ctx, id);
  if (!whose) return closeWith(ctx, 'refusal.notAllowed');
  const off = words.langs.flatMap((lang) =>
    words.label({ lang, zone: whose.zone }, { key: 'staff.hours.offWords' }).split(', '),
  );
  const parsed = parseHours(text, whose.hours.week, Object.values(words.lexicon), off);
  if (!parsed.ok) return void (await say(ctx, `staff.hours.fault.${parsed.fault}`));
  await setHours(ctx, whose, { hours: { ...whose.hours, week: parsed.week } });
}

/** Days off as typed: one, several, or a span "25.11-27.11". */
export async function typedDayOff(
  ctx: StaffContext,
  { member: id }: Of<'dayOff'>,
  text: string,
): Promise<void> {
  const whose = await whoseHours(ctx, id);
  if (!whose) return closeWith(ctx, 'refusal.notAllowed');
  const parts = text.split(/\s*,\s*|\s*;\s*|\n/).filter(Boolean);
  const days = parts.flatMap((part) => spanOfDays(ctx, whose, part) ?? [undefined]);
  const known = days.filter((day) => day !== undefined);
  if (known.length === 0 || known.length < days.length)
    return void (await say(ctx, 'staff.hours.fault.date'));
  const off = [...new Set([...whose.hours.off, ...known])].sort();
  await setHours(ctx, whose, { hours: { ...whose.hours, off } });
}

/** A city's time zone. */
export async function typedZone(ctx: StaffContext, { member: id }: Of<'zone'>, text: string): Promise<void> {
  const whose = await whoseHours(ctx, id);
  if (!whose) return closeWith(ctx, 'refusal.notAllowed');
  const said = text
    .trim()
    .toLowerCase()
    .replace(/\u0451/g, '\u0435');
  const cities = Object.values(ctx.staff.words.lexicon).flatMap((lexicon) => lexicon.cities);
  const zone = cities.find(({ names }) => names.includes(said))?.zone ?? ianaZone(text.trim());
  if (!zone) return void (await say(ctx, 'staff.hours.fault.city'));
  await setHours(ctx, whose, { zone });
}

/** Write, show the result, and ask no longer. */
async function setHours(ctx: StaffContext, whose: Member, set: Partial<Member>): Promise<void> {
  await ctx.staff.db.members.updateOne({ _id: whose._id }, { $set: set });
  const now = { ...whose, ...set };
  const drawn = drawHours(ctx.staff, now._id === ctx.member._id ? now : ctx.member, now);
  await send(ctx, { ...drawn, text: `${voice(ctx).text('staff.hours.saved')}\n\n${drawn.text}` });
  await closePrompt(ctx);
}

async function closeWith(ctx: StaffContext, key: string): Promise<void> {
  await say(ctx, key);
  await closePrompt(ctx);
}

function spanOfDays(ctx: StaffContext, { zone }: Member, text: string): string[] | undefined {
  const ends = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? [text] : text.split(/\s*[-\u2013\u2014]\s*/);
  const [from, to = from] = ends.map((part) => {
    for (const lexicon of Object.values(ctx.staff.words.lexicon)) {
      const day = parseDate(part, ctx.staff.clock.now(), zone, lexicon);
      if (day) return day;
    }
    return undefined;
  });
  if (!from || !to || to < from || to.diff(from, 'days').days > 60) return undefined;
  const days: string[] = [];
  for (let day = from; day <= to; day = day.plus({ days: 1 })) days.push(day.toISODate() ?? '');
  return days;
}

function ianaZone(text: string): string | undefined {
  return /^[A-Za-z]+\/[A-Za-z_]+$/.test(text) && DateTime.utc().setZone(text).isValid ? text : undefined;
}
