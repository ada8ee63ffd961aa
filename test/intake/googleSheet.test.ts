import { describe, expect, test } from 'vitest';
import { exportUrl, makeFetchSheet, mayAsk } from '../../intake/googleSheet.ts';

const id = '1AbCdEfGhIjKlMnOpQrStUvWxYz';
const link = `https://docs.google.com/spreadsheets/d/${id}/edit?usp=sharing#gid=7`;
/** Google, as it answers one address after the other. */
const google = (...answers: Response[]) => {
  const asked: string[] = [];
  const ask = (url: unknown) => {
    asked.push(String(url));
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no answer'));
  };
  return { asked, fetchSheet: makeFetchSheet(ask as typeof fetch) };
};
const to = (location: string) => new Response(null, { status: 307, headers: { location } });
const csv = (text: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8', ...headers } });

describe('[B-13] a link to a Google table', () => {
  test.each<[string, string | undefined]>([
    [link, `https://docs.google.com/spreadsheets/d/${id}/export?format=csv&gid=7`],
    [
      `https://docs.google.com/spreadsheets/d/${id}`,
      `https://docs.google.com/spreadsheets/d/${id}/export?format=csv`,
    ],
    [
      `https://docs.google.com/spreadsheets/u/1/d/${id}/edit`,
      `https://docs.google.com/spreadsheets/d/${id}/export?format=csv`,
    ],
    [`http://docs.google.com/spreadsheets/d/${id}/edit`, undefined],
    [`https://docs.google.com.evil.example/spreadsheets/d/${id}/edit`, undefined],
    [`https://docs.google.com:8443/spreadsheets/d/${id}/edit`, undefined],
    [`https://evil@127.0.0.1/spreadsheets/d/${id}/edit`, undefined],
    ['https://docs.google.com/document/d/1AbCdEfGhIjKlMn/edit', undefined],
    ['http://127.0.0.1:27017/', undefined],
    ['привет', undefined],
  ])('%s', (text, url) => {
    expect(exportUrl(text)).toBe(url);
  });

  test.each([
    ['https://docs.google.com/x', true],
    ['https://doc-0k-1c-sheets.googleusercontent.com/export/x', true],
    ['https://accounts.google.com/ServiceLogin', false],
    ['https://a.b.googleusercontent.com/', false],
    ['https://x.googleusercontent.com.evil.example/', false],
    ['http://doc.googleusercontent.com/', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://user@docs.google.com/', false],
  ])('is asked at %s: %s', (url, may) => {
    expect(mayAsk(url)).toBe(may);
  });

  test('is followed to where Google keeps it', async () => {
    const there = 'https://doc-0k-sheets.googleusercontent.com/export/x';
    const { asked, fetchSheet } = google(
      to(there),
      csv('a;b', { 'content-disposition': "attachment; filename*=UTF-8''%D0%91%D0%B0%D0%B7%D0%B0.csv" }),
    );
    const fetched = await fetchSheet(link);
    expect(fetched).toMatchObject({ ok: true, name: 'База.csv' });
    expect(asked).toEqual([exportUrl(link), there]);
  });

  test.each<[string, Response[], string]>([
    ['a page to sign in at', [to('https://accounts.google.com/ServiceLogin')], 'notShared'],
    ['a page instead of a table', [csv('<html>', { 'content-type': 'text/html' })], 'notShared'],
    ['a table that is not there', [new Response('', { status: 404 })], 'notShared'],
    ['an address in the house', [to('http://127.0.0.1:27017/')], 'notShared'],
    ['a circle', Array.from({ length: 9 }, () => to(link)), 'notReached'],
    ['no answer', [], 'notReached'],
    ['trouble at Google', [new Response('', { status: 500 })], 'notReached'],
    ['more than a table has', [csv('x'.repeat(21 * 1024 * 1024))], 'notReached'],
  ])('%s is no table', async (_name, answers, fault) => {
    const { asked, fetchSheet } = google(...answers);
    expect(await fetchSheet(link)).toEqual({ ok: false, fault });
    expect(asked.every((url) => mayAsk(url))).toBe(true);
  });
});
