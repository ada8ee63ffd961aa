import { ends } from './ends.ts';
import type { PipelineDraft } from './pipeline.ts';
import type { Stage } from './stages.ts';

/** Off the road by hand, from any stage on it. */
const off: Stage[] = ['reserve', 'refused', 'blacklist', 'withdrawn'];

/** The agency's own process (requirements P): from a lead to the end of probation. */
export const agency: PipelineDraft = {
  id: 'agency',
  version: 1,
  name: { key: 'pipeline.name.agency' },
  stages: [
    {
      stage: 'screening',
      actor: 'bot',
      task: { kind: 'review' },
      moves: ['review', 'call', 'invited', ...off],
    },
    {
      stage: 'review',
      actor: 'recruiter',
      task: { kind: 'review', hint: { key: 'pipeline.hint.review' } },
      outcomes: [
        { id: 'invite', to: 'invited', style: 'success' },
        { id: 'call', to: 'call' },
        { id: 'reserve', to: 'reserve' },
        { id: 'refuse', to: 'refused', style: 'danger' },
        { id: 'blacklist', to: 'blacklist', style: 'danger' },
      ],
      moves: ['withdrawn'],
    },
    {
      stage: 'call',
      actor: 'recruiter',
      task: { kind: 'call', hint: { key: 'pipeline.hint.call' } },
      outcomes: [
        { id: 'agreed', to: 'invited', style: 'success' },
        { id: 'notInterested', to: 'withdrawn' },
      ],
      moves: ['review', 'reserve', 'refused', 'blacklist'],
    },
    {
      stage: 'invited',
      actor: 'candidate',
      task: { kind: 'reschedule', minutes: 240, hint: { key: 'pipeline.hint.invited' } },
      outcomes: [
        { id: 'when', to: 'interview', style: 'success' },
        { id: 'reserve', to: 'reserve' },
        { id: 'refuse', to: 'refused', style: 'danger' },
      ],
      moves: ['call', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'interview',
      actor: 'recruiter',
      task: { kind: 'decision', hint: { key: 'pipeline.hint.decision' } },
      moves: ['decision', 'invited', ...off],
    },
    {
      stage: 'decision',
      actor: 'recruiter',
      task: { kind: 'decision', hint: { key: 'pipeline.hint.decision' } },
      outcomes: [
        { id: 'fits', to: 'agreeing', style: 'success' },
        { id: 'fitsNot', to: 'refused', style: 'danger' },
        { id: 'when', to: 'interview' },
        { id: 'reserve', to: 'reserve' },
      ],
      moves: ['invited', 'training', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'agreeing',
      actor: 'recruiter',
      task: { kind: 'agree', hint: { key: 'pipeline.hint.agreeing' } },
      outcomes: [
        { id: 'agree', to: 'clientInterview', style: 'success', needs: ['interview'] },
        { id: 'approvedUnseen', to: 'offer' },
        { id: 'clientRefused', to: 'refused', style: 'danger', reason: 'client' },
        { id: 'reserve', to: 'reserve' },
      ],
      moves: ['decision', 'training', 'blacklist', 'withdrawn'],
      messages: [{ to: 'candidate', text: { key: 'candidate.passed' } }],
    },
    {
      stage: 'clientInterview',
      actor: 'client',
      task: { kind: 'clientResult', hint: { key: 'pipeline.hint.clientInterview' } },
      outcomes: [
        {
          id: 'approved',
          to: 'offer',
          style: 'success',
          needs: ['interview', 'attendance', 'clientFeedback', 'candidateFeedback'],
        },
        { id: 'clientRefused', to: 'refused', style: 'danger', needs: ['attendance'], reason: 'client' },
        { id: 'agree', to: 'agreeing' },
        { id: 'reserve', to: 'reserve' },
      ],
      moves: ['blacklist', 'withdrawn'],
    },
    {
      stage: 'offer',
      actor: 'client',
      task: { kind: 'offer', hint: { key: 'pipeline.hint.offer' } },
      outcomes: [
        { id: 'accepted', to: 'starting', style: 'success', needs: ['offerDate', 'startDate'] },
        { id: 'reserve', to: 'reserve' },
        { id: 'refuse', to: 'refused', style: 'danger' },
      ],
      moves: ['agreeing', 'training', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'training',
      actor: 'recruiter',
      task: { kind: 'step', minutes: 480, hint: { key: 'pipeline.hint.training' } },
      outcomes: [
        { id: 'trained', to: 'starting', style: 'success', needs: ['attendance', 'startDate'] },
        { id: 'trainedNot', to: 'refused', style: 'danger' },
        { id: 'reserve', to: 'reserve' },
      ],
      moves: ['decision', 'agreeing', 'offer', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'starting',
      actor: 'recruiter',
      task: { kind: 'firstDay', hint: { key: 'pipeline.hint.starting' } },
      outcomes: [
        { id: 'works', to: 'work', style: 'success', needs: ['firstDayClient', 'firstDayCandidate'] },
        { id: 'worksNot', to: 'refused', style: 'danger' },
        { id: 'reserve', to: 'reserve' },
      ],
      moves: ['offer', 'training', 'blacklist', 'withdrawn'],
    },
    {
      stage: 'work',
      actor: 'recruiter',
      task: { kind: 'assessment', hint: { key: 'pipeline.hint.work' } },
      outcomes: [
        { id: 'probationPassed', to: 'hired', style: 'success', needs: ['assessment'] },
        { id: 'dismissed', to: 'dismissed', style: 'danger', needs: ['dismissedAt', 'dismissReason'] },
      ],
    },
    ...ends,
  ],
};
