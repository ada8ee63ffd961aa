import type { z } from 'zod';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { lineHash } from '../../flows/lineHash.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { movesOf, specOf } from '../../flows/pipelines/specOf.ts';
import { taskSpec } from '../../flows/pipelines/taskSpec.ts';
import type { applicationSchema } from '../schemas/applicationSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';
import { fileView } from './fileView.ts';
import { leadView } from './leadView.ts';

/** An application with everything that is known. @param undoable can the last act be taken back still */
export function applicationView(
  candidate: Candidate,
  application: Application,
  { minutes, pipelines, undoable }: { minutes: number; pipelines: readonly Pipeline[]; undoable: boolean },
): z.output<typeof applicationSchema> {
  const { answers, calls, score, refusal, undo, tasks, notes, files } = application;
  return {
    ...leadView(candidate, application, minutes),
    moves: movesOf(pipelines, application),
    outcomes: specOf(pipelines, application).outcomes.map(({ id, to, needs }) => ({ id, to, needs })),
    fields: Object.entries(application.fields ?? {}).flatMap(([field, given]) =>
      given ? [{ field, value: given.value, by: given.by, at: toIso(given.at) }] : [],
    ),
    calls: calls && {
      attempts: calls.attempts.map(({ at, by, result }) => ({ at: toIso(at), by, result })),
      missed: calls.missed,
      after: toIsoIf(calls.after),
      promisedBy: calls.promisedBy,
      wrongNumber: calls.wrong !== undefined,
      reserveAt: toIsoIf(calls.reserveAt),
      rang: calls.rang && { ...calls.rang, at: toIso(calls.rang.at) },
    },
    screened: toIsoIf(application.screened),
    answers: Object.entries(answers).map(([question, { asked, kind, value, text, at, skipped, file }]) => ({
      question,
      asked,
      kind,
      value,
      text,
      at: toIso(at),
      skipped,
      file: file && fileView(file),
    })),
    score: score && {
      points: score.points,
      of: score.of,
      fits: score.fits,
      rules: score.rules.map(({ question, fits, points, of, knockOut }) => ({
        question,
        fits,
        points,
        of,
        knockOut,
      })),
    },
    refusal: refusal && {
      reason: refusal.reason,
      text: refusal.text,
      by: refusal.by,
      at: toIso(refusal.at),
      messageAt: toIsoIf(refusal.messageAt),
      messageSent: refusal.messageSent === true,
      evidence: refusal.evidence.map(fileView),
    },
    undo: undo && undoable ? { act: undo.act, by: undo.by, at: toIso(undo.at) } : undefined,
    tasks: tasks.map((task) => ({
      id: task.id,
      kind: task.kind,
      member: task.member,
      createdAt: toIso(task.createdAt),
      due: toIso(task.due),
      done: toIsoIf(task.done),
      note: task.note,
      also: task.also,
      moves: task.moves ?? 0,
      checklist: (taskSpec(pipelines, application, task)?.checklist ?? []).map((name) => ({
        line: lineHash(name),
        name,
        ticked: task.ticked?.includes(lineHash(name)) === true,
      })),
    })),
    notes: notes.map(({ at, by, text, task }) => ({ at: toIso(at), by, text, task })),
    files: files.map((file) => ({ ...fileView(file), at: toIso(file.at), by: file.by })),
  };
}
