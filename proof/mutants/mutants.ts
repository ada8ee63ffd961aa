/** A defect somebody could make: a piece of source, and what stands in its place. */
export interface Mutant {
  name: string;
  file: string;
  find: string;
  replace: string;
  /** Shows only where several processes share the work. */
  processes?: number;
}

/** Planted one at a time in a copy of the tree; the simulated days must tell each of them from the product. */
export const mutants: Mutant[] = [
  {
    name: 'an update is confirmed before it stands anywhere',
    file: 'channels/telegram/poll.ts',
    find: 'await receive(',
    replace: 'void receive(',
  },
  {
    name: 'the sender is answered before the decision is durable',
    file: 'runtime/makeDesk.ts',
    find: 'if (!(await people.commit(state, next)))',
    replace: 'committed?.();\n    if (!(await people.commit(state, next)))',
  },
  {
    name: 'a redelivered event is decided again',
    file: 'runtime/makeDesk.ts',
    find: 'if (state.decided.includes(event.id)) return { ok: true, state, effects: [] };',
    replace: '',
  },
  {
    name: 'the commit does not look at the version',
    file: 'runtime/people.ts',
    find: 'filter: { _id: next._id, version: next.version - 1 }',
    replace: 'filter: { _id: next._id }',
    processes: 2,
  },
  {
    name: 'a lane is worked by whoever wants to',
    file: 'runtime/lanes.ts',
    find: '{ _id: lane, $or: [{ owner }, { until: { $lt: now } }] }',
    replace: '{ _id: lane }',
    processes: 2,
  },
  {
    name: 'what another process left in a lane is overtaken',
    file: 'runtime/makeInbox.ts',
    find: 'for (const one of await upTo(row)) await workOn(one);',
    replace: 'await workOn(row);',
    processes: 2,
  },
  {
    name: 'a window is given without looking whose it is',
    file: 'runtime/makeSlots.ts',
    find: '(await take(rowOf(effect, start, candidate))) === application',
    replace: '(await take(rowOf(effect, start, candidate))) !== undefined',
  },
  {
    name: 'a freed window stays taken',
    file: 'runtime/makePublisher.ts',
    find: "Promise.all(of('release').map((effect) => untilReached(clock, () => slots.release(effect))))",
    replace: 'Promise.resolve()',
  },
  {
    name: 'a window is freed whoever has it',
    file: 'runtime/makeSlots.ts',
    find: 'const filter = { _id: `${interviewer}:${start}`, application };',
    replace: 'const filter = { _id: `${interviewer}:${start}`, application: { $exists: true } as never };',
    processes: 2,
  },
  {
    name: 'alarms that were set are not written',
    file: 'runtime/alarms.ts',
    find: 'await Promise.all(last.map((order) => write({ order, candidate, by, decision })));',
    replace: '',
  },
  {
    name: 'the bell is not set and nobody looks after it',
    file: 'runtime/makeEngine.ts',
    find: 'timers.push(clock.every(reconcileEvery, guarded(alarms.patrol)));',
    replace: '',
  },
  {
    name: 'an alarm is marked before its event is decided',
    file: 'runtime/alarms.ts',
    find: 'deps.wake(row).then(() => woken(row))',
    replace: 'woken(row).then(() => deps.wake(row))',
  },
  {
    name: 'an alarm set anew keeps its old time',
    file: 'runtime/alarms.ts',
    find: '$set: { due, ...set },',
    replace: '$setOnInsert: { due }, $set: { ...set },',
  },
  {
    name: 'an alarm is called off by an earlier decision that is late',
    file: 'runtime/alarms.ts',
    find: "status: 'armed' as const, ...earlier",
    replace: "status: 'armed' as const",
    processes: 2,
  },
  {
    name: 'an alarm that rings early is believed',
    file: 'runtime/alarms.ts',
    find: 'if (row.due > clock.now()) return ring(key, row.due);',
    replace: '',
  },
  {
    name: 'what was decided is not published after a crash',
    file: 'runtime/makeDesk.ts',
    find: 'for (const state of left) await queues.run(state._id, () => publish(state, false));',
    replace: 'void left;',
  },
  {
    name: 'the inbox is not taken up after a crash',
    file: 'runtime/makeInbox.ts',
    find: 'for (const row of rows) {\n        last',
    replace: 'for (const row of rows.slice(0, 0)) {\n        last',
  },
  {
    name: 'the outbox is not taken up after a crash',
    file: 'runtime/makeEngine.ts',
    find: 'await outbox.recover();\n      await desk.recover();',
    replace: 'await desk.recover();',
  },
  {
    name: 'what was being sent when the process died is sent again',
    file: 'runtime/makeOutbox.ts',
    find: 'for (const row of sending) await orphaned(row);',
    replace: "for (const row of sending) deliver({ ...row, status: 'sending' });",
  },
  {
    name: 'what was claimed in an earlier life is sent again',
    file: 'runtime/makePublisher.ts',
    find: 'claimed === owner && (first || outbox.isEarly(row._id))',
    replace: 'claimed !== undefined',
  },
  {
    name: 'a message is marked sent before it is sent',
    file: 'runtime/makeDelivery.ts',
    find: '    const since = clock.real();',
    replace: "    await end(row, { status: 'sent' });\n    const since = clock.real();",
  },
  {
    name: 'a send of unknown outcome is tried again',
    file: 'channels/networkResult.ts',
    find: "outcome: 'uncertain'",
    replace: "outcome: 'notArrived'",
  },
  {
    name: 'what Telegram asks to wait is ignored',
    file: 'channels/telegram/makeTelegram.ts',
    find: 'pace.rest(result.retryAfter, restsAlone(address));',
    replace: 'pace.rest(1, restsAlone(address));',
  },
  {
    name: 'what WhatsApp gave up is passed over',
    file: 'channels/whatsapp/cloud/handleCloud.ts',
    find: "if (state !== 'delivered' && state !== 'read' && state !== 'failed') return;",
    replace: "if (state !== 'delivered' && state !== 'read') return;",
  },
  {
    name: 'WhatsApp’s word that it arrived is passed over',
    file: 'channels/whatsapp/cloud/handleCloud.ts',
    find: "if (state !== 'delivered' && state !== 'read' && state !== 'failed') return;",
    replace: "if (state !== 'failed') return;",
  },
  {
    name: 'WhatsApp’s 24 hours are forgotten',
    file: 'channels/whatsapp/cloud/makeCloud.ts',
    find: 'if (!(await isOpen(address))) return byTemplate(address, message, more);',
    replace: 'await isOpen(address);',
  },
  {
    name: 'an answer is taken for one to an older message',
    file: 'channels/makeChoices.ts',
    find: 'of(({ key }) => key === row.last)',
    replace: 'of(() => true)',
  },
  {
    name: 'a question asked anew leaves the one that waits',
    file: 'flows/late/pickWindow.ts',
    find: 'if (agreement.asked !== undefined) turn.withdraw([agreement.asked]);',
    replace: '',
  },
  {
    name: 'what Telegram lets wait is not looked at again',
    file: 'channels/telegram/makeTelegram.ts',
    find: '        unlessResting(address);\n        const messageId',
    replace: '        await pace.rested(address);\n        const messageId',
  },
  {
    name: 'nobody is told of a message that did not arrive',
    file: 'runtime/makeTroubles.ts',
    find: 'if (!application) return;',
    replace: 'if (application || !application) return;',
  },
  {
    name: 'messages to one person leave side by side',
    file: 'runtime/makeOutbox.ts',
    find: '.run(laneOf(row.to), async',
    replace: '.run(row._id, async',
  },
  {
    name: 'events of one chat are worked side by side',
    file: 'runtime/makeInbox.ts',
    find: '.run(row.lane, work)',
    replace: '.run(row._id, work)',
  },
  {
    name: 'what waited in the inbox is taken up in any order',
    file: 'runtime/makeInbox.ts',
    find: ".find({ status: 'waiting' }).sort({ seq: 1 })",
    replace: ".find({ status: 'waiting' }).sort({ status: 1 })",
  },
  {
    name: 'the clocks of the processes are the order, not Telegram’s numbers',
    file: 'runtime/makeInbox.ts',
    find: 'seq: number ?? next(now)',
    replace: 'seq: next(now)',
    processes: 2,
  },
  {
    name: 'a mark is given up when the database is away',
    file: 'runtime/makeRowEnds.ts',
    find: 'await untilReached(clock, () => db.ledger.bulkWrite(operations, { ordered: false }));',
    replace: 'await db.ledger.bulkWrite(operations, { ordered: false });',
  },
  {
    name: 'a claim is given up when the database is away',
    file: 'runtime/untilReached.ts',
    find: 'if (!isOutOfReach(error)) throw error;',
    replace: 'throw error;',
  },
  {
    name: 'the reason of a message is not looked at again',
    file: 'runtime/makeDelivery.ts',
    find: 'if (isStale(row, person) || overtaken(row) || (offer !== undefined && (await idle(offer, person))))',
    replace: 'if (overtaken(row))',
  },
  {
    name: 'quiet hours are those of the server',
    file: 'runtime/ledgerRows.ts',
    find: 'afterQuiet(wished, state.zone, quiet)',
    replace: "afterQuiet(wished, 'Pacific/Auckland', quiet)",
  },
  {
    name: 'there are no quiet hours',
    file: 'flows/quietHours.ts',
    find: 'if (at < to) return to;',
    replace: '',
  },
  {
    name: 'the delay until the morning is forgotten by the process',
    file: 'runtime/makeOutbox.ts',
    find: 'if (row.notBefore !== undefined && row.notBefore > clock.now())',
    replace: 'if (row.notBefore === Infinity)',
  },
  {
    name: 'a reminder counts its hours from the booking',
    file: 'flows/quietHours.ts',
    find: 'Math.max(start - hoursBefore * 3_600_000, now)',
    replace: 'Math.max(start - (hoursBefore + 2) * 3_600_000, now)',
  },
  {
    name: 'a moved interview keeps its version',
    file: 'flows/slotAnswer.ts',
    find: 'application.interviewVersion += 1;',
    replace: 'application.interviewVersion ||= 1;',
  },
  {
    name: 'attendance is not asked for',
    file: 'flows/reminders.ts',
    find: 'turn.schedule(`attendance:${application.id}`',
    replace: 'turn.schedule(`attendances:${application.id}`',
  },
  {
    name: 'a refusal that was undone is sent',
    file: 'flows/timerDue.ts',
    find: "if (!refusal || refusal.at !== at || refusal.messageSent || application.stage !== 'refused') return;",
    replace: 'if (!refusal || refusal.messageSent) return;',
  },
  {
    name: 'the message of a refusal leaves at once',
    file: 'flows/refuse.ts',
    find: 'turn.now + messageHours * 3_600_000',
    replace: 'turn.now + 1_000',
  },
  {
    name: 'a task has no alarm',
    file: 'flows/turn.ts',
    find: 'application.tasks.push(task);\n    this.armTask(application, task);',
    replace: 'application.tasks.push(task);',
  },
  {
    name: 'nobody looks after what a decision left over',
    file: 'flows/decide.ts',
    find: 'keepInHand(turn);',
    replace: '',
  },
  {
    name: 'the attendance that is due is nobody’s task',
    file: 'flows/timerDue.ts',
    find: "turn.addTask(application, 'attendance');",
    replace: '',
  },
  {
    name: 'tasks are done without anybody doing them',
    file: 'flows/keepInHand.ts',
    find: 'const kind = turn.spec(application).task?.kind;',
    replace:
      "const kind = turn.spec(application).task?.kind;\n    if (application.stage === 'decision') turn.finishTasks(application, 'decision');\n    if (application.stage === 'decision') continue;",
  },
  {
    name: 'what was overnight undone is sent in the morning',
    file: 'runtime/isStale.ts',
    find: 'if (row.stages && about && !row.stages.includes(about.stage)) return true;',
    replace: '',
  },
  {
    name: 'who wrote /stop gets what was not asked for',
    file: 'runtime/isStale.ts',
    find: 'if (ours && person?.stopped && row.prompt !== true) return true;',
    replace: '',
  },
  {
    name: 'what is claimed as the night begins leaves in it',
    file: 'runtime/makeDelivery.ts',
    find: 'const night = morningOf(row, person);',
    replace: 'const night = [morningOf(row, person)][1];',
    processes: 2,
  },
  {
    name: 'everybody is looked at for those who are being forgotten',
    file: 'runtime/makeDesk.ts',
    find: '$in: [...phasesOfForgetting]',
    replace: '$exists: true',
  },
  {
    name: 'a chat is looked for in no index',
    file: 'models/indexes.ts',
    find: "fields: { 'merged.channels.address': 1 }",
    replace: 'fields: { link: 1 }',
  },
  {
    name: 'the lists of tasks look at everybody',
    file: 'models/withTasks.ts',
    find: "return { tasked: member ?? { $gte: '' } };",
    replace:
      'return { applications: { $elemMatch: { tasks: { $elemMatch: { done: { $exists: false } } } } } };',
  },
  {
    name: 'a card does not say who has a task about it any more',
    file: 'flows/decide.ts',
    find: '  keepTasked(turn);',
    replace: '',
  },
  {
    name: 'what is still being kept is marked as done',
    file: 'runtime/makeInbox.ts',
    find: 'if (keeping) await keeping.then(() => done(row._id));',
    replace: 'if (keeping) await done(row._id);',
  },
];
