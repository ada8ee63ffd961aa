import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerResponse } from 'node:http';
import { type Simulator } from '../simulator.ts';
import { hhApp } from './hhTokens.ts';

const page = readFileSync(join(import.meta.dirname, 'authorize.html'), 'utf8');

/** Where hh asks an employer whether a program may act for them: one page with two buttons, each leads back. */
export async function authorizePage(sim: Simulator, res: ServerResponse, url: URL): Promise<void> {
  const given = (name: string) => url.searchParams.get(name) ?? '';
  const html = (status: number, text: string) =>
    void res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  const back = URL.parse(given('redirect_uri'));
  if (given('response_type') !== 'code' || given('client_id') !== hhApp.id || !back)
    return html(400, 'invalid_request');
  const answer = given('answer');
  if (answer === '') return html(200, page);
  if (answer === 'yes') back.searchParams.set('code', sim.hh.tokens.code(given('redirect_uri')));
  else back.searchParams.set('error', 'access_denied');
  if (given('state')) back.searchParams.set('state', given('state'));
  await sim.world.store.flushed();
  res.writeHead(302, { location: back.href }).end();
}
