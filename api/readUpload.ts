import { createHash } from 'node:crypto';
import busboy from 'busboy';
import type { RequestHandler } from 'express';
import type { ApiDeps } from './apiDeps.ts';
import { sendProblem } from './sendProblem.ts';

/** The largest file that is taken, in bytes: as large as one that comes by Telegram. */
const mostBytes = 20 * 1024 * 1024;

/** A file of a form. In the log of calls it stands as its fingerprint. */
export class Upload {
  readonly name: string;
  readonly bytes: Buffer;

  constructor(name: string, bytes: Buffer) {
    this.name = name;
    this.bytes = bytes;
  }

  toJSON(): string {
    return createHash('sha256').update(this.bytes).digest('hex');
  }
}

/** A form with one file as the body that a route checks: its fields as text, its file as an {@link Upload}. */
export function readUpload(deps: ApiDeps): RequestHandler {
  return (request, response, next) => {
    if (request.is('multipart/form-data') === false || request.is('multipart/form-data') === null)
      return next();
    const fields = new Map<string, unknown>();
    const fail = (code: 'tooLarge' | 'badForm') => {
      request.unpipe();
      request.resume();
      sendProblem(deps, request, response, { code });
    };
    let failed: 'tooLarge' | 'badForm' | undefined;
    const form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fileSize: mostBytes, files: 1, fields: 10, fieldSize: 200_000 },
    });
    form.on('field', (name, value) => void fields.set(name, value));
    form.on('file', (name, stream, { filename }) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('limit', () => (failed = 'tooLarge'));
      stream.on('end', () => void fields.set(name, new Upload(filename ?? 'table', Buffer.concat(parts))));
    });
    form.on('filesLimit', () => (failed = 'badForm'));
    form.on('error', () => fail('badForm'));
    form.on('close', () => {
      if (failed) return fail(failed);
      request.body = Object.fromEntries(fields);
      next();
    });
    request.pipe(form);
  };
}
