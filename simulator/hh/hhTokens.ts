import { randomBytes } from 'node:crypto';
import { type World } from '../world.ts';

interface Pair {
  access: string;
  refresh: string;
  ends: number;
  /** The refresh token was used. */
  used: boolean;
  revoked: boolean;
}

interface Code {
  code: string;
  redirect: string;
  ends: number;
  used: boolean;
}

/** The application that is registered here. */
export const hhApp = { id: 'demo', secret: 'demo' };

/** Two weeks, in seconds. */
const lasts = 1_209_600;

/** A refusal of the token's address, in RFC 6749's words. */
export class TokenError extends Error {
  readonly body: object;

  constructor(error: string, error_description: string) {
    super(error_description);
    this.body = { error, error_description };
  }
}

/** hh's tokens: a refresh token works once, and only after the access token it came with has ended. */
export class HhTokens {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** A code for one exchange within five minutes, at this address only. */
  code(redirect: string): string {
    const code = this.secret();
    const ends = this.world.clock.now() + 300_000;
    this.world.store.put('hhCode', code, { code, redirect, ends, used: false });
    return code;
  }

  /** @throws TokenError */
  exchange(form: URLSearchParams): object {
    const given = (name: string) => form.get(name) ?? '';
    switch (given('grant_type')) {
      case 'authorization_code': {
        if (given('client_id') !== hhApp.id || given('client_secret') !== hhApp.secret)
          throw new TokenError('invalid_client', 'client_id or client_secret not found');
        const code = this.world.store.get<Code>('hhCode', given('code'));
        if (!code) throw new TokenError('invalid_request', 'code not found');
        if (code.used) throw new TokenError('invalid_grant', 'code has already been used');
        if (code.ends < this.world.clock.now()) throw new TokenError('invalid_grant', 'code expired');
        if (given('redirect_uri') !== code.redirect)
          throw new TokenError('invalid_request', 'bad redirect url');
        this.world.store.put('hhCode', code.code, { ...code, used: true });
        return this.give();
      }
      case 'refresh_token': {
        const pair = this.pairs.find(({ refresh }) => refresh === given('refresh_token'));
        if (!pair) throw new TokenError('invalid_request', 'token not found');
        if (pair.revoked) throw new TokenError('invalid_grant', 'token was revoked');
        if (pair.used) throw new TokenError('invalid_grant', 'token has already been refreshed');
        if (pair.ends > this.world.clock.now()) throw new TokenError('invalid_grant', 'token not expired');
        this.save({ ...pair, used: true });
        return this.give();
      }
      default:
        throw new TokenError('unsupported_grant_type', 'unsupported grant_type');
    }
  }

  /** What hh says of a token, or undefined when it is good. */
  fault(access: string): 'bad_authorization' | 'token_revoked' | 'token_expired' | undefined {
    const pair = this.world.store.get<Pair>('hhToken', access);
    if (!pair) return 'bad_authorization';
    if (pair.revoked) return 'token_revoked';
    return pair.ends <= this.world.clock.now() ? 'token_expired' : undefined;
  }

  /** All that are out now: they have ended, or were taken back. */
  end(how: 'expire' | 'revoke'): number {
    const now = this.world.clock.now();
    const good = this.pairs.filter(({ ends, revoked }) => !revoked && ends > now);
    for (const pair of good)
      this.save(how === 'expire' ? { ...pair, ends: now } : { ...pair, revoked: true });
    return good.length;
  }

  /** How many pairs were ever given out. */
  get given(): number {
    return this.pairs.length;
  }

  private get pairs(): Pair[] {
    return this.world.store.all<Pair>('hhToken');
  }

  private give(): object {
    const ends = this.world.clock.now() + lasts * 1_000;
    const pair = { access: this.secret(), refresh: this.secret(), ends, used: false, revoked: false };
    this.save(pair);
    const { access: access_token, refresh: refresh_token } = pair;
    return { access_token, refresh_token, token_type: 'bearer', expires_in: lasts };
  }

  private save(pair: Pair): void {
    this.world.store.put('hhToken', pair.access, pair);
  }

  private secret(): string {
    return `USER${randomBytes(24).toString('hex').toUpperCase()}`;
  }
}
