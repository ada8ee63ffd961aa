import { describe, expect, test } from 'vitest';
import { decide } from '../../flows/decide.ts';
import { builtInStages, isOpen } from '../../flows/pipelines/stages.ts';
import type { Candidate } from '../../flows/candidate.ts';
import { World } from './factory.ts';

const inWork = builtInStages.filter(isOpen);

describe('nobody is forgotten', () => {
  test.each(inWork)(
    '[P-21] an application left in %s with nothing to come becomes a task of its recruiter',
    (stage) => {
      const world = new World().arrives().consents();
      const state: Candidate = structuredClone(world.state);
      const [application] = state.applications;
      if (!application) throw new Error('nobody applied');
      Object.assign(application, { stage, tasks: [], recruiter: 'anna' });
      delete state.dialog;
      delete application.interview;
      const event = {
        id: 'e:1',
        type: 'addNote' as const,
        application: application.id,
        by: 'anna',
        text: 'x',
      };
      const decision = decide(state, event, world.facts(event), world.now);
      const tasks = decision.ok ? decision.state.applications[0]?.tasks : [];
      expect(tasks).toMatchObject([{ member: 'anna', createdAt: world.now }]);
      expect(decision.ok && decision.effects.some(({ type }) => type === 'schedule')).toBe(true);
    },
  );

  test('[P-21] a question that is open to the candidate is enough', () => {
    const world = new World().arrives().consents();
    const before = world.application.tasks.length;
    expect(world.application.stage).toBe('screening');
    world.say('/help');
    expect(world.application.tasks).toHaveLength(before);
  });
});

describe('data that became wrong is put right', () => {
  test('[B-05] the interviewer has left: the recruiter has a task with a button, once, until there is another', () => {
    const world = new World().booked();
    const [first] = world.members.filter(({ _id }) => _id === world.application.interview?.interviewer);
    if (!first) throw new Error('nobody holds the interview');
    first.active = false;
    world.act('head', { type: 'addNote', text: 'x' });
    world.act('head', { type: 'addNote', text: 'y' });
    expect(world.tasks.filter((kind) => kind === 'fix')).toHaveLength(1);
    first.active = true;
    world.act('head', { type: 'addNote', text: 'z' });
    expect(world.tasks).not.toContain('fix');
  });
});
