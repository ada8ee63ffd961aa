import { Hooks } from '../http/hooks.ts';
import { type Simulator } from '../simulator.ts';
import { HhError } from './hhError.ts';
import { HhTokens } from './hhTokens.ts';
import { type HhResponse, type HhVacancy, type NewResponse } from './hhRecords.ts';

/** Ways in which hh answers wrongly, or not at all. */
export const hhFaultKinds = [
  'silent',
  'html',
  'too-many',
  'captcha',
  'odd',
  'unavailable',
  'drop-after',
  'view-limit',
  'applicant',
] as const;
export type HhFaultKind = (typeof hhFaultKinds)[number];

/** The only employer there is, and their manager. */
export const employer = { id: '1455', manager: '7001', name: 'Simulator Staffing' };

/** hh.ru as far as an employer's program sees it: vacancies, responses, what was answered. Kept over a restart. */
export class Hh {
  readonly tokens: HhTokens;
  readonly hooks = new Hooks();
  private faults: { kind: HhFaultKind; path: string }[] = [];
  private readonly sim: Simulator;

  constructor(sim: Simulator) {
    this.sim = sim;
    this.tokens = new HhTokens(sim.world);
  }

  /** @param path only calls whose path has this in it */
  order(kind: HhFaultKind, times: number, path = ''): void {
    this.faults.push(...Array.from({ length: times }, () => ({ kind, path })));
  }

  /** The fault of this call, if one was ordered for it; of `kinds`, when only they can happen at this place. */
  take(path: string, kinds: readonly HhFaultKind[]): HhFaultKind | undefined {
    const at = this.faults.findIndex((one) => kinds.includes(one.kind) && path.includes(one.path));
    return at < 0 ? undefined : this.faults.splice(at, 1)[0]?.kind;
  }

  get vacancies(): HhVacancy[] {
    return this.sim.world.store.all<HhVacancy>('hhVacancy');
  }

  publish(name: string): HhVacancy {
    const vacancy = { id: this.number('hhVacancy', 101_000_000), name, archived: false };
    this.sim.world.store.put('hhVacancy', vacancy.id, vacancy);
    return vacancy;
  }

  archive(id: string): HhVacancy {
    const vacancy = this.vacancies.find((one) => one.id === id);
    if (!vacancy) throw new HhError(404, 'not_found');
    const archived = { ...vacancy, archived: true };
    this.sim.world.store.put('hhVacancy', id, archived);
    return archived;
  }

  get responses(): HhResponse[] {
    return this.sim.world.store.all<HhResponse>('hhResponse');
  }

  /** @throws HhError 404 */
  response(id: string): HhResponse {
    const found = this.sim.world.store.get<HhResponse>('hhResponse', id);
    if (!found) throw new HhError(404, 'not_found');
    return found;
  }

  /** Somebody responds to a vacancy; whoever subscribed is told. @throws HhError 404 without such a vacancy */
  respond(given: NewResponse): HhResponse {
    if (!this.vacancies.some(({ id, archived }) => id === given.vacancy && !archived))
      throw new HhError(404, 'not_found');
    const now = this.sim.world.clock.now();
    const { letter, at = now, ...person } = given;
    const response: HhResponse = {
      ...person,
      id: this.number('hhResponse', 4_100_000_000),
      at,
      changed: at,
      state: 'response',
      employerState: 'response',
      messages: letter ? [{ by: 'applicant', text: letter, at }] : [],
      acts: 0,
    };
    this.save(response);
    this.tell(response);
    return response;
  }

  /**
   * What an employer's button does: the state changes, and the person reads the message.
   *
   * @throws HhError 403 `wrong_state` where the response stands there already, or was refused
   */
  act(id: string, action: string, message: string | undefined): void {
    const response = this.response(id);
    if (response.closed) throw new HhError(403, 'negotiations', response.closed);
    if (response.employerState === action || response.state === 'discard')
      throw new HhError(403, 'negotiations', 'wrong_state');
    const at = this.sim.world.clock.now();
    const state = action.startsWith('discard') ? ('discard' as const) : ('invitation' as const);
    this.save({
      ...response,
      changed: at,
      employerState: action,
      acts: response.acts + 1,
      ...(message && {
        state,
        messages: [...response.messages, { by: 'employer' as const, text: message, at }],
      }),
    });
  }

  save(response: HhResponse): void {
    this.sim.world.store.put('hhResponse', response.id, response);
    this.sim.world.events.tell({ type: 'post' });
  }

  /** One address for an application: the last one that was named. */
  subscribe(url: string): void {
    this.sim.world.store.put('hhHook', 'url', { url });
  }

  get hookUrl(): string | undefined {
    return this.sim.world.store.get<{ url: string }>('hhHook', 'url')?.url;
  }

  private tell({ id, vacancy, resume, at }: HhResponse): void {
    const url = this.hookUrl;
    if (url === undefined) return;
    const payload = {
      topic_id: id,
      resume_id: resume,
      vacancy_id: vacancy,
      employer_id: employer.id,
      response_date: hhTime(at),
    };
    const about = { subscription_id: '1', user_id: employer.manager, payload };
    const body = JSON.stringify({
      id: `n${id}`,
      action_type: 'NEW_RESPONSE_OR_INVITATION_VACANCY',
      ...about,
    });
    this.hooks.send({ url: () => url, body, headers: () => ({}), lane: vacancy });
  }

  private number(kind: string, from: number): string {
    return String(from + this.sim.world.store.all(kind).length + 1);
  }
}

/** Moscow's time as hh writes it: `2026-03-15T11:00:00+0300`, without a colon. */
export function hhTime(at: number): string {
  return `${new Date(at + 3 * 3_600_000).toISOString().slice(0, 19)}+0300`;
}
