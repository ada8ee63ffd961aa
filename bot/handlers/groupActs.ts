import { type Group, isComing } from '../../flows/groups/group.ts';
import { mayJoinFrom } from '../../flows/groups/mayJoinFrom.ts';
import { toast } from '../reply.ts';
import { showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { readCard } from '../views/makeCard.ts';
import { actAndShow } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';

/** From the card into a group: which one, then whether the person is asked or the place is promised already. */
export const groupActs: CardHandlers = {
  group: async (ctx, id, chosen) => {
    const facts = await readCard(ctx.staff, ctx.member, id);
    await toast(ctx);
    if (!facts) return;
    const groups = await groupsFor(ctx, facts.application.vacancy);
    const fitting = groups.filter(({ kind }) => mayJoinFrom(facts.pipelines, facts.application, kind));
    const group = fitting.find(({ _id }) => _id === chosen);
    await showCard(ctx, id, ({ speech: said }) =>
      group
        ? {
            question: said.text('group.staff.askHow'),
            rows: [
              [said.button('group.staff.inviteOne', `s:groupAsk:${id}:${group._id}`, { style: 'success' })],
              [said.button('group.staff.seatOne', `s:groupIn:${id}:${group._id}`)],
            ],
          }
        : {
            question: said.text(fitting.length > 0 ? 'group.staff.askGroup' : 'group.staff.noGroups'),
            rows: fitting.map(({ _id, kind, start }) => [
              said.button('group.staff.button.groupLine', `s:group:${id}:${_id}`, {
                params: { when: { at: start, as: 'dateTime' }, what: { key: `group.kind.${kind}` } },
              }),
            ]),
          },
    );
  },
  groupAsk: async (ctx, id, group = '') =>
    void (await actAndShow(ctx, id, { type: 'inviteToGroup', group }, 'groupAsk')),
  groupIn: async (ctx, id, group = '') =>
    void (await actAndShow(ctx, id, { type: 'addToGroup', group }, 'groupIn')),
};

/** The groups of a vacancy that are to come, earliest first. */
async function groupsFor({ staff: { db, clock } }: StaffContext, vacancy: string): Promise<Group[]> {
  const now = clock.now();
  const groups = await db.groups
    .find({ vacancy, start: { $gt: now } })
    .sort({ start: 1 })
    .toArray();
  return groups.filter((group) => isComing(group, now)).slice(0, 8);
}
