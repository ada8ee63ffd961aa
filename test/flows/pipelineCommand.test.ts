import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../../flows/pipelines/shipped.ts';
import { words } from './factory.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [agency] = shippedPipelines;
if (!agency) throw new Error('no pipeline ships');

/** `npm run pipeline` as a person runs it. */
function run(...files: string[]): Promise<{ code: number; said: string }> {
  const args = [join(root, 'scripts/pipeline.ts'), ...files];
  const env = { ...process.env, LANG: 'ru_RU.UTF-8' };
  return new Promise((done) => {
    execFile(process.execPath, args, { env }, (error, stdout) =>
      done({ code: error ? Number(error.code ?? -1) : 0, said: stdout }),
    );
  });
}
let files = 0;
function written(content: unknown): string {
  const file = join(folder, `${(files += 1)}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}
const withOffer = (change: object): Pipeline => ({
  ...agency,
  stages: agency.stages.map((one) => (one.stage === 'offer' ? { ...one, ...change } : one)),
});
const lost = { stage: 'own:lost', name: { words: { ru: 'Потеряна', en: 'Lost' } }, actor: 'recruiter' };
const fault = (code: string, params: object) =>
  words.label(
    { lang: 'ru', zone: 'utc' },
    { key: `pipeline.fault.${code}`, params: { what: '', ...params } },
  );

describe('npm run pipeline', () => {
  test('[P-10] [B-01] prints both that ship as diagrams, and says that they are sound', async () => {
    const { code, said } = await run();
    expect(code).toBe(0);
    expect(said.match(/^(flowchart|graph) /gm)).toHaveLength(2);
    expect(said).toContain('Подбор в агентстве');
    expect(said).toContain('Тест и собеседование в агентстве');
    expect(said.match(/✓ воронка в порядке/g)).toHaveLength(2);
    expect(said).toContain('review -->|"Пригласить"| invited');
  });

  test.each<[string, unknown, string]>([
    [
      'a stage nobody can come to',
      { ...agency, stages: [...agency.stages, { ...lost, task: { kind: 'step' }, moves: ['review'] }] },
      fault('unreachable', { stage: 'own:lost' }),
    ],
    [
      'a stage without a way out',
      withOffer({ outcomes: [], moves: [] }),
      fault('noExit', { stage: 'offer' }),
    ],
    ['a task without a time limit', withOffer({ task: undefined }), fault('noTask', { stage: 'offer' })],
    [
      'a message without text in a language',
      withOffer({ messages: [{ to: 'candidate', text: { words: { ru: 'Да' } } }] }),
      fault('noWords', { stage: 'offer', what: 'candidate (en)' }),
    ],
  ])('[B-05] %s: named, and it ends with 1', async (_name, pipeline, words) => {
    const { code, said } = await run(written(pipeline));
    expect(said).toContain(`✗ ${words}`);
    expect(code).toBe(1);
  });

  test('[B-05] what is no pipeline at all is said with its place, and what is sound beside it is printed', async () => {
    const { code, said } = await run(written({ id: 'x' }), written(agency));
    expect(code).toBe(1);
    expect(said).toContain('stages');
    expect(said).toContain('✓ воронка в порядке');
  });
});
