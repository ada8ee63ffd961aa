import { describe, expect, test } from 'vitest';
import { checkPipeline } from '../../flows/pipelines/checkPipeline.ts';
import { diagram } from '../../flows/pipelines/diagram.ts';
import { editPipeline, type PipelineEdit } from '../../flows/pipelines/editPipeline.ts';
import { movePlan } from '../../flows/pipelines/movePlan.ts';
import { type Pipeline, pipelineSchema } from '../../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../../flows/pipelines/shipped.ts';
import { builtInStages, isOpen, type Stage } from '../../flows/pipelines/stages.ts';
import { hour, World, words } from './factory.ts';

const check = (pipeline: Pipeline) => checkPipeline(pipeline, words.langs, words.has);
const [agency, inHouse] = shippedPipelines;
if (!agency || !inHouse) throw new Error('two pipelines ship');
const named = (ru: string) => ({ words: { ru, en: ru } });
const edited = (pipeline: Pipeline, edit: PipelineEdit): Pipeline => {
  const next = editPipeline(pipeline, edit);
  if (!next) throw new Error('nothing was changed');
  return next;
};
const without = (stage: Stage): Pipeline => ({
  ...agency,
  stages: agency.stages.filter((one) => one.stage !== stage),
});
const withStage = (stage: Stage, change: object): Pipeline => ({
  ...agency,
  stages: agency.stages.map((one) => (one.stage === stage ? { ...one, ...change } : one)),
});

const docsAfterReview: PipelineEdit = {
  edit: 'addAfter',
  stage: 'review',
  code: 'docs',
  name: named('Документы'),
  outcome: named('Собраны'),
  minutes: 60,
};

describe('a pipeline is checked', () => {
  test.each(shippedPipelines)('[P-10] [B-01] $id is sound', (pipeline) => {
    expect(check(pipeline)).toEqual([]);
  });

  test('[P-10] the agency’s has every stage the product carries', () => {
    expect(agency.stages.map(({ stage }) => stage).toSorted()).toEqual([...builtInStages].toSorted());
  });

  test.each<[string, Pipeline, object]>([
    [
      'a stage nobody can come to',
      {
        ...agency,
        stages: agency.stages.flatMap((one) =>
          one.stage === 'offer' ? [one, { ...one, stage: 'own:lost' as const, name: named('x') }] : [one],
        ),
      },
      { code: 'unreachable', stage: 'own:lost' },
    ],
    [
      'a stage without a way out',
      withStage('offer', { outcomes: [], moves: [] }),
      { code: 'noExit', stage: 'offer' },
    ],
    [
      'work without a time limit',
      withStage('offer', { task: undefined }),
      { code: 'noTask', stage: 'offer' },
    ],
    ['a way to nowhere', without('offer'), { code: 'noSuchStage', what: 'offer' }],
    ['no place for refusals', without('refused'), { code: 'noEnd', what: 'refused' }],
    [
      'a stage that stands twice',
      { ...agency, stages: [...agency.stages, ...agency.stages.slice(1, 2)] },
      { code: 'twice', stage: 'review' },
    ],
    ['another beginning', { ...agency, stages: agency.stages.slice(1) }, { code: 'start' }],
    [
      'a message without English',
      withStage('offer', { messages: [{ to: 'candidate', text: { words: { ru: 'да' } } }] }),
      { code: 'noWords', what: 'candidate (en)' },
    ],
    [
      'a key nobody wrote',
      withStage('offer', { messages: [{ to: 'client', text: { key: 'client.nothing' } }] }),
      { code: 'noWords', what: 'client (ru)' },
    ],
    [
      'a field that is not there',
      withStage('offer', { outcomes: [{ id: 'accepted', to: 'starting', needs: ['own:visa'] }] }),
      { code: 'noSuchField', what: 'own:visa' },
    ],
    [
      'two results of one name',
      withStage('review', {
        outcomes: [...(agency.stages[1]?.outcomes ?? []), { id: 'invite', to: 'call', needs: [] }],
      }),
      { code: 'twoWays', what: 'invite' },
    ],
  ])('[B-05] %s is found', (_name, pipeline, fault) => {
    expect(check(pipeline)).toContainEqual(expect.objectContaining(fault));
  });

  test('[B-01] a diagram has every stage and every outcome', () => {
    const text = diagram(inHouse, (name) => words.label({ lang: 'ru', zone: 'utc' }, name));
    expect(text).toContain('own_test["Тест отправлен, оценить"]');
    expect(text).toContain('own_test -->|"Не прошёл тест"| refused');
    expect(text.match(/-->/g)).toHaveLength(inHouse.stages.flatMap(({ outcomes }) => outcomes).length);
  });
});

describe('a pipeline is edited', () => {
  test('[B-01] a new stage takes the way of the one before it, and leaves it when removed', () => {
    const more = edited(agency, docsAfterReview);
    expect(more.version).toBe(2);
    expect(check(more)).toEqual([]);
    const at = (stage: Stage, pipeline = more) => pipeline.stages.find((one) => one.stage === stage);
    expect(at('review')?.outcomes[0]).toMatchObject({ id: 'invite', to: 'own:docs' });
    expect(at('own:docs')?.outcomes).toMatchObject([{ id: 'done', to: 'invited' }]);
    const less = edited(more, { edit: 'remove', stage: 'own:docs' });
    expect(less.stages).toEqual(agency.stages);
    expect(pipelineSchema.parse(less)).toEqual(less);
  });

  test('[B-10] names, time limits, check-lists, hints and required fields change one stage only', () => {
    const edits: PipelineEdit[] = [
      { edit: 'rename', stage: 'offer', name: named('Оффер') },
      { edit: 'minutes', stage: 'offer', minutes: 45 },
      { edit: 'checklist', stage: 'offer', lines: [named('Спросить о датах')] },
      { edit: 'hint', stage: 'offer', hint: named('Позвоните до обеда') },
      { edit: 'need', stage: 'offer', outcome: 'accepted', field: 'price' },
    ];
    const next = edits.reduce(edited, agency);
    expect(check(next)).toEqual([]);
    const differ = next.stages.filter((stage, index) => stage !== agency.stages[index]);
    expect(differ).toMatchObject([
      {
        stage: 'offer',
        name: named('Оффер'),
        task: { minutes: 45, checklist: [named('Спросить о датах')], hint: named('Позвоните до обеда') },
        outcomes: [{ needs: ['offerDate', 'startDate', 'price'] }, {}, {}],
      },
    ]);
  });

  test('[P-10] a built-in stage is not removed', () => {
    expect(editPipeline(agency, { edit: 'remove', stage: 'review' })).toBeUndefined();
  });
});

describe('an application goes by its pipeline', () => {
  const atOffer = () => {
    const world = new World().arrives().consents();
    Object.assign(world.application, { stage: 'offer' });
    return world;
  };

  test('[P-14] the offer cannot be left without both dates: the answer names them', () => {
    const world = atOffer();
    expect(world.code('anna', { type: 'outcome', outcome: 'accepted' })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'offerDate', value: world.now });
    expect(world.code('anna', { type: 'outcome', outcome: 'accepted' })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'startDate', value: world.now + 72 * hour });
    world.act('anna', { type: 'outcome', outcome: 'accepted' });
    expect(world.application).toMatchObject({ stage: 'starting', fields: { startDate: { by: 'anna' } } });
  });

  test.each([
    ['startDate', 'завтра'],
    ['price', '100'],
    ['contract', 'договор'],
    ['clientFeedback', '   '],
    ['interview', 'x'],
    ['own:nothing', 'x'],
  ] as const)('[B-05] %s does not take %s', (field, value) => {
    expect(atOffer().code('anna', { type: 'setField', field, value })).toBe('badValue');
  });

  test('[B-05] a result of another stage is refused', () => {
    expect(atOffer().code('anna', { type: 'outcome', outcome: 'invite' })).toBe('noSuchOutcome');
  });

  test('[B-01] [B-02] the second pipeline: current, test, not passed: refused for it', () => {
    const world = new World();
    const [vacancy] = world.vacancies;
    if (vacancy) vacancy.pipeline = 'inHouse';
    world.arrives().consents();
    expect(world.application.pipeline).toEqual({ id: 'inHouse', version: 1 });
    world.act('anna', { type: 'move', stage: 'review' });
    expect(world.tasks).toContain('review');
    world.act('anna', { type: 'outcome', outcome: 'current' });
    expect(world.application.stage).toBe('own:test');
    world.act('anna', { type: 'outcome', outcome: 'testFailed' });
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'testFailed' } });
  });

  test('[B-09] fits leads where the pipeline says, with its task', () => {
    const world = new World().arrives().consents();
    Object.assign(world.application, { stage: 'decision', pipeline: { id: 'inHouse', version: 1 } });
    world.act('anna', { type: 'judgePortrait', fits: true });
    expect(world.application.stage).toBe('own:info');
    expect(world.tasks).toEqual(['step']);
  });

  test('[B-10] an own time limit is the task’s', () => {
    const world = atOffer();
    world.pipelines.push(edited(agency, { edit: 'minutes', stage: 'review', minutes: 5 }));
    Object.assign(world.application, { stage: 'offer', pipeline: { id: 'agency', version: 2 } });
    world.act('head', { type: 'move', stage: 'reserve' });
    world.act('head', { type: 'move', stage: 'review' });
    const task = world.application.tasks.findLast(({ kind }) => kind === 'review');
    expect((task?.due ?? 0) - world.now).toBe(5 * 60_000);
  });

  test('[B-01] what is under way keeps its version until it is moved, as the plan said', () => {
    const world = new World().arrives().consents();
    const more = edited(agency, docsAfterReview);
    const less = edited(more, { edit: 'remove', stage: 'own:docs' });
    world.pipelines.push(more, less);
    Object.assign(world.application, { stage: 'own:docs', pipeline: { id: 'agency', version: 2 } });
    expect(movePlan(world.pipelines, [world.application], less)).toEqual([
      { from: 'own:docs', to: 'invited', count: 1 },
    ]);
    world.act('head', { type: 'adopt', version: 3 });
    expect(world.application).toMatchObject({ stage: 'invited', pipeline: { id: 'agency', version: 3 } });
    expect(world.tasks).toEqual(expect.arrayContaining(['reschedule']));
    expect(world.code('head', { type: 'adopt', version: 9 })).toBe('noSuchPipeline');
  });

  test('[P-10] every open stage of both has its task when it is entered by hand', () => {
    for (const pipeline of shippedPipelines)
      for (const { stage, moves } of pipeline.stages)
        for (const to of moves.filter(isOpen)) {
          if (to === 'interview' || to === 'clientInterview' || to === 'invited') continue;
          const world = new World().arrives().consents();
          Object.assign(world.application, { stage, pipeline: { id: pipeline.id, version: 1 } });
          world.act('head', { type: 'move', stage: to });
          const wanted = pipeline.stages.find((one) => one.stage === to)?.task?.kind;
          expect([pipeline.id, to, world.tasks]).toEqual([pipeline.id, to, expect.arrayContaining([wanted])]);
        }
  });
});
