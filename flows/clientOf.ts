import type { Application } from './candidate.ts';
import type { Turn } from './turn.ts';

/** The client of an application's vacancy, when they can be told or asked in a chat. */
export function clientOf(turn: Turn, application: Application): string | undefined {
  const client = turn.vacancy(application.vacancy)?.client;
  return client !== undefined && turn.member(client)?.active ? client : undefined;
}
