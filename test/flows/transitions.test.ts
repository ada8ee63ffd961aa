import { describe, expect, test } from 'vitest';
import type { Interview } from '../../flows/candidate.ts';
import type { FieldId } from '../../flows/pipelines/fields.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../../flows/pipelines/shipped.ts';
import { isOpen, type Stage } from '../../flows/pipelines/stages.ts';
import { at as moment, hour, World } from './factory.ts';

/** Every way out of every stage of both pipelines that ship: by a result, or by hand. */
interface Way {
  pipeline: Pipeline;
  from: Stage;
  to: Stage;
  /** By this result; unset: moved by hand. */
  outcome?: string;
  needs: readonly FieldId[];
  reason?: string | undefined;
}
const ways = shippedPipelines.flatMap((pipeline) =>
  pipeline.stages.flatMap(({ stage: from, outcomes, moves }): Way[] => [
    ...outcomes.map(({ id, to, needs, reason }) => ({ pipeline, from, to, outcome: id, needs, reason })),
    ...moves.map((to) => ({ pipeline, from, to, needs: [] })),
  ]),
);
const nameOf = ({ pipeline, from, to, outcome }: Way) =>
  `${pipeline.id}: ${from} ${outcome ? `–${outcome}→` : '→'} ${to}`;
const table = ways.map((way): [string, Way] => [nameOf(way), way]);

/** Meetings as they stand at the stages that have one. */
const meetings: Partial<Record<Stage, Partial<Interview>>> = {
  interview: {},
  decision: { attendance: 'came' },
  clientInterview: { kind: 'client' },
};

/** Somebody at a stage, with nothing known yet. */
function at({ pipeline, from }: Pick<Way, 'pipeline' | 'from'>): World {
  const world = new World().screened();
  world.act('anna', { type: 'take' });
  const meeting = meetings[from];
  const past = meeting?.attendance !== undefined || from === 'clientInterview';
  const start = world.now + (past ? -2 : 48) * hour;
  Object.assign(world.application, {
    stage: from,
    pipeline: { id: pipeline.id, version: pipeline.version },
    tasks: [],
    ...(meeting && {
      interview: { interviewer: 'anna', start, format: 'office', bookedAt: 1, reminders: [], ...meeting },
    }),
  });
  if (from === 'blacklist')
    Object.assign(world.state, { blacklisted: { at: world.now, by: 'head', reason: 'x' } });
  return world;
}

/** Fill what the way asks for, each by its own command where there is one. */
function fill(world: World, { needs }: Way): void {
  for (const field of needs) {
    if (field === 'interview') {
      world.application.interview ??= {
        interviewer: 'client',
        start: world.now + 24 * hour,
        format: 'office',
        kind: 'client',
        bookedAt: 1,
        reminders: [],
      };
    } else if (field === 'attendance') {
      world.application.interview ??= {
        interviewer: 'anna',
        start: world.now - hour,
        format: 'office',
        bookedAt: 1,
        reminders: [],
      };
      world.application.interview.attendance = 'came';
    } else {
      const isDate = /Date$|At$/.test(field);
      const value = isDate ? world.now + 24 * hour : 'Хорошо';
      expect([field, world.code('head', { type: 'setField', field, value })]).toEqual([field, 'done']);
    }
  }
}
const walk = (world: World, { outcome, to }: Way) =>
  world.code('head', outcome ? { type: 'outcome', outcome } : { type: 'move', stage: to });

describe('every way of both pipelines', () => {
  test.each(table.filter(([, { needs }]) => needs.length > 0))(
    '[B-05] %s: not before what it needs is known',
    (_name, way) => {
      const world = at(way);
      delete world.application.fields;
      expect(walk(world, way)).toBe('missing');
      expect(world.application.stage).toBe(way.from);
    },
  );

  test.each(table.filter(([, { to }]) => to !== 'interview'))('[P-10] [B-01] %s', (_name, way) => {
    const world = at(way);
    fill(world, way);
    const code = walk(world, way);
    if (way.to === 'clientInterview' && way.needs.length === 0) return expect(code).toBe('noInterview');
    expect(code).toBe('done');
    expect(world.application.stage).toBe(way.to);
    if (way.to === 'refused') {
      expect(world.application.refusal?.reason).toBe(way.reason ?? 'other');
      expect([...world.alarms.keys()]).toContain(`refusal:${world.application.id}`);
    }
    expect(world.state.blacklisted !== undefined).toBe(way.to === 'blacklist');
    const task = way.pipeline.stages.find(({ stage }) => stage === way.to)?.task?.kind;
    // Whoever is invited chooses a time themselves; the first day and the assessment have their own day.
    const later: Stage[] = ['invited', 'starting', 'work'];
    if (isOpen(way.to) && task && !later.includes(way.to)) expect(world.tasks).toContain(task);
    if (!isOpen(way.to)) expect(world.tasks.filter((kind) => kind !== 'replace')).toEqual([]);
    if (way.to === 'invited') expect(world.state.dialog?.application).toBe(world.application.id);
    return undefined;
  });

  test.each(table.filter(([, { to }]) => to === 'interview'))(
    '[P-06] %s: by a time that is set, not without one',
    (_name, way) => {
      const world = at(way);
      expect(walk(world, way)).toBe('noInterview');
      const start = moment('2026-11-26T14:20');
      const set = { type: 'setInterview' as const, interviewer: 'anna', start, format: 'office' as const };
      expect(world.code('head', set)).toBe('done');
      world.settle();
      expect([world.application.stage, world.application.interview?.start]).toEqual(['interview', start]);
    },
  );

  const stages = shippedPipelines.flatMap((pipeline) =>
    pipeline.stages.map(({ stage }): [string, Pipeline, Stage] => [
      `${pipeline.id}: ${stage}`,
      pipeline,
      stage,
    ]),
  );
  test.each(stages)('[B-05] %s leads nowhere else', (_name, pipeline, from) => {
    const open = new Set(
      ways.filter((way) => way.pipeline === pipeline && way.from === from).map(({ to }) => to),
    );
    for (const { stage } of pipeline.stages) {
      if (open.has(stage)) continue;
      const world = at({ pipeline, from });
      expect([stage, world.code('head', { type: 'move', stage })]).toEqual([stage, 'wrongStage']);
      expect(world.application.stage).toBe(from);
    }
  });
});
