import { ends } from './ends.ts';
import type { PipelineDraft } from './pipeline.ts';

/** The second process that ships (requirements B-01, B-02, B-08, B-09): test, in-house interview, the client's word. */
export const inHouse: PipelineDraft = {
  id: 'inHouse',
  version: 1,
  name: { key: 'pipeline.name.inHouse' },
  stages: [
    {
      stage: 'screening',
      actor: 'bot',
      task: { kind: 'review' },
      moves: ['review', 'reserve', 'refused', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'review',
      name: { key: 'pipeline.stage.current' },
      actor: 'recruiter',
      task: {
        kind: 'review',
        minutes: 240,
        checklist: [{ key: 'pipeline.check.current.1' }, { key: 'pipeline.check.current.2' }],
        hint: { key: 'pipeline.hint.current' },
      },
      outcomes: [
        { id: 'current', to: 'own:test', style: 'success' },
        { id: 'foundJob', to: 'withdrawn', style: 'danger', reason: 'foundJob' },
      ],
      moves: ['reserve', 'refused', 'blacklist'],
    },
    {
      stage: 'own:test',
      name: { key: 'pipeline.stage.test' },
      actor: 'recruiter',
      task: {
        kind: 'step',
        minutes: 480,
        checklist: [{ key: 'pipeline.check.test.1' }, { key: 'pipeline.check.test.2' }],
        hint: { key: 'pipeline.hint.test' },
      },
      outcomes: [
        { id: 'testPassed', to: 'invited', style: 'success' },
        { id: 'testFailed', to: 'refused', style: 'danger', reason: 'testFailed' },
      ],
      moves: ['review', 'reserve', 'refused', 'withdrawn'],
    },
    {
      stage: 'invited',
      name: { key: 'pipeline.stage.invited' },
      actor: 'candidate',
      task: { kind: 'reschedule', hint: { key: 'pipeline.hint.inHouseDate' } },
      outcomes: [
        { id: 'when', to: 'interview', style: 'success' },
        { id: 'noDate', to: 'refused', style: 'danger', reason: 'noDateInHouse' },
      ],
      moves: ['reserve', 'refused', 'withdrawn'],
    },
    {
      stage: 'interview',
      name: { key: 'pipeline.stage.interview' },
      actor: 'head',
      task: { kind: 'decision', head: true, hint: { key: 'pipeline.hint.inHouse' } },
      moves: ['decision', 'invited', 'reserve', 'refused', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'decision',
      name: { key: 'pipeline.stage.decision' },
      actor: 'head',
      task: { kind: 'decision', head: true, hint: { key: 'pipeline.hint.inHouse' } },
      outcomes: [
        { id: 'fits', to: 'own:info', style: 'success' },
        { id: 'postpone', to: 'reserve' },
        { id: 'fitsNot', to: 'refused', style: 'danger' },
      ],
      moves: ['invited', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'own:info',
      name: { key: 'pipeline.stage.info' },
      actor: 'client',
      task: { kind: 'step', minutes: 960, hint: { key: 'pipeline.hint.info' } },
      outcomes: [{ id: 'infoReceived', to: 'agreeing', style: 'success' }],
      moves: ['reserve', 'refused', 'withdrawn'],
    },
    {
      stage: 'agreeing',
      name: { key: 'pipeline.stage.agreeing' },
      actor: 'recruiter',
      task: { kind: 'agree', hint: { key: 'pipeline.hint.agreeing' } },
      outcomes: [
        { id: 'agree', to: 'clientInterview', style: 'success', needs: ['interview'] },
        { id: 'noClientDate', to: 'refused', style: 'danger', reason: 'noDateClient' },
      ],
      moves: ['reserve', 'refused', 'withdrawn'],
      messages: [{ to: 'candidate', text: { key: 'candidate.passed' } }],
    },
    {
      stage: 'clientInterview',
      name: { key: 'pipeline.stage.clientInterview' },
      actor: 'client',
      task: { kind: 'clientResult', hint: { key: 'pipeline.hint.assess' } },
      outcomes: [
        { id: 'approved', to: 'hired', style: 'success', needs: ['attendance', 'clientFeedback'] },
        { id: 'clientRefused', to: 'refused', style: 'danger', needs: ['attendance'], reason: 'client' },
        { id: 'termsRefused', to: 'withdrawn', reason: 'terms' },
        { id: 'agree', to: 'agreeing' },
      ],
      moves: ['reserve', 'blacklist'],
    },
    ...ends,
  ],
};
