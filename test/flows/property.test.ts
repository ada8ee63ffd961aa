import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import { words, type World } from './factory.ts';
import { makeWorld, perform, step } from './steps.ts';

/** What must hold after every single thing. */
function check(world: World, from: number): void {
  const { state } = world;
  for (const application of state.applications) {
    const open = application.tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind);
    expect(open.length, `two tasks of a kind: ${open.join(' ')}`).toBe(new Set(open).size);
    if (!isOpen(application.stage)) {
      expect(
        open.filter((kind) => !['help', 'relay', 'undelivered'].includes(kind)),
        `tasks of ${application.stage}`,
      ).toEqual([]);
      expect(application.interview, `an interview of ${application.stage}`).toBeUndefined();
    }
    if (application.stage === 'interview') expect(application.interview).toBeDefined();
    if (application.refusal) expect(application.stage).toBe('refused');
  }
  const owing = state.applications
    .flatMap(({ tasks }) => tasks)
    .filter(({ done }) => done === undefined)
    .flatMap(({ member, also = member }) => [member, also]);
  expect(new Set(state.tasked), 'whom the lists of tasks find here').toEqual(new Set(owing));
  const asked = state.dialog?.application;
  if (asked !== undefined) {
    const application = state.applications.find(({ id }) => id === asked);
    // What somebody would have agreed to is asked after they have withdrawn.
    const asking = state.dialog?.kind === 'terms' || state.dialog?.kind === 'feedback';
    expect(
      application && (asking || isOpen(application.stage)),
      `${state.dialog?.kind} of ${application?.stage}`,
    ).toBe(true);
  }
  for (const effect of world.effects.slice(from)) {
    if (effect.type === 'notify') readable(effect.message);
  }
}

/** A reminder carries the version of the interview that stands when the decision is made. */
function checkAlarms(world: World, state: Candidate): void {
  for (const effect of world.last) {
    if (effect.type !== 'schedule' || !('version' in effect.timer)) continue;
    const { application: id, version } = effect.timer;
    const application = state.applications.find((one) => one.id === id);
    expect(application?.interview).toBeDefined();
    expect(version).toBe(application?.interviewVersion);
    expect(effect.due).toBeGreaterThanOrEqual(world.now);
  }
}

const seen = new Set<string>();

/** Every message has its words in both languages, with nothing left to put in. */
function readable(message: Parameters<typeof checkText>[0]): void {
  const id = JSON.stringify(message);
  if (message.key.startsWith('view:') || seen.has(id)) return;
  seen.add(id);
  for (const lang of ['ru', 'en']) checkText(message, lang);
}

function checkText(
  {
    key,
    params,
    buttons,
  }: {
    key: string;
    params?: Parameters<typeof words.text>[2];
    buttons?: { label: Parameters<typeof words.label>[1] }[][];
  },
  lang: string,
): void {
  const reader = { lang, zone: 'Europe/Moscow' };
  const all = [
    words.text(reader, key, params),
    ...(buttons ?? []).flat().map(({ label }) => words.label(reader, label)),
  ];
  for (const text of all) {
    expect(text, key).not.toMatch(/\{\w+\}|(?:candidate|notice|client|source|fact|agency)\.\w/);
    expect(text.trim(), key).not.toBe('');
  }
}

describe('whatever happens, in whatever order', () => {
  test('[X-06] nothing throws, no task doubles, no old reminder is armed, a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (from, steps) => {
        const world = makeWorld(from);
        const happens = world.happens.bind(world);
        // Each decision, also those of alarms and bookings, is looked at by itself.
        world.happens = (event, id) => {
          const before = world.state;
          const kept = structuredClone(before);
          const from = world.effects.length;
          const decision = happens(event, id);
          expect(before).toEqual(kept);
          if (decision.ok) {
            check(world, from);
            checkAlarms(world, world.state);
          } else expect(world.state).toBe(before);
          return decision;
        };
        for (const one of steps) perform(world, one);
        world.settle();
        const mine = [...world.slots]
          .filter(([, owner]) => owner !== 'rival')
          .map(([key]) => key)
          .sort();
        const held = world.state.applications
          .flatMap(({ interview, past = [] }) => [...past, ...(interview ? [interview] : [])])
          .map(({ interviewer, start }) => `${interviewer}:${start}`)
          .sort();
        expect(mine).toEqual(held);
        const keys = world.effects
          .flatMap((effect) =>
            effect.type === 'notify' || effect.type === 'fact' || effect.type === 'book' ? [effect.key] : [],
          )
          .filter((key) => !/^re(minder|fusal):/.test(key));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 250, seed: 20261124, interruptAfterTimeLimit: 5 * 1000, markInterruptAsFailure: false },
    );
  });
});
