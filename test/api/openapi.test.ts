import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { apiRouter } from '../../api/apiRouter.ts';
import { type ApiUnderTest, startApi } from './startApi.ts';

const documentShape = z.looseObject({
  openapi: z.string(),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        parameters: z.array(z.object({ in: z.string() })).default([]),
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }),
        ),
      }),
    ),
  ),
});

let api: ApiUnderTest;
let document: z.output<typeof documentShape>;
beforeAll(async () => {
  api = await startApi();
  document = documentShape.parse((await api.call('GET', '/api/openapi.json', { key: null })).body);
});
afterAll(() => api.close());

const documented = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );

describe('the OpenAPI document', () => {
  test('[X-11] each documented route exists, and each one that exists is documented', async () => {
    expect(document.openapi).toBe('3.1.0');
    const methods = ['get', 'post', 'put', 'patch', 'delete'];
    const paths = new Map<string, string[]>();
    for (const { method, path } of documented()) paths.set(path, [...(paths.get(path) ?? []), method]);
    for (const [path, known] of paths) {
      for (const method of methods) {
        // A key that may only read: nothing is changed, and what does not exist is told apart.
        const { body } = await api.call(method.toUpperCase(), `/api/v1${path.replace('{id}', 'none')}`, {
          key: api.reader,
        });
        const there = body?.code !== 'methodNotAllowed' && body?.code !== 'noSuchRoute';
        expect(there, `${method} ${path}`).toBe(known.includes(method));
      }
    }
    expect(served().sort()).toEqual(
      documented()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
  });

  test('[X-11] is in words in both languages, with no key of the locales left over', async () => {
    for (const lang of ['ru', 'en']) {
      const reply = await fetch(`${api.url}/api/openapi.json`, { headers: { 'accept-language': lang } });
      const text = await reply.text();
      expect(text).not.toMatch(/"api\.\w+\.\w+/);
      expect(/[а-яё]/i.test(text)).toBe(lang === 'ru');
    }
  });

  test('[X-11] every reference leads somewhere, every operation has a name of its own', () => {
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(refs.filter((name) => !(name !== undefined && name in document.components.schemas))).toEqual([]);
    const names = documented().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { operation, method } of documented()) {
      const headers = operation.parameters.filter((one) => one.in === 'header');
      expect(headers.length).toBe(method === 'get' ? 0 : 2);
    }
  });

  test('[X-11] a real answer fits the document itself, not only the code', async () => {
    await api.lead('Анна Кузнецова');
    for (const path of ['/vacancies', '/candidates', '/applications', '/members', '/audit']) {
      const { body } = await api.call('GET', `/api/v1${path}`);
      const schema = document.paths[path]?.get?.responses['200']?.content['application/json']?.schema;
      const whole = JSON.parse(
        JSON.stringify({ allOf: [schema], $defs: document.components.schemas }).replaceAll(
          '#/components/schemas/',
          '#/$defs/',
        ),
      );
      expect(z.fromJSONSchema(whole).safeParse(body).error).toBeUndefined();
      expect(body.items.length).toBeGreaterThan(0);
    }
  });
});

describe('the page of the documentation', () => {
  test('[X-11] shows every operation and problem, alone, in both languages', async () => {
    for (const lang of ['ru', 'en']) {
      const reply = await fetch(`${api.url}/api/docs`, { headers: { 'accept-language': lang } });
      const html = await reply.text();
      expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain('name="viewport"');
      expect(html).not.toMatch(/<script|<link|src=|url\(|https?:\/\//);
      for (const { operation } of documented()) expect(html).toContain(`id="${operation.operationId}"`);
      const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      for (const id of anchors) expect(html).toContain(`id="${id}"`);
    }
  });
});

/** What Express really serves, from its own router. */
function served(): string[] {
  return apiRouter(api.deps).stack.flatMap(({ route }) => {
    const methods = route?.stack.map(({ method }) => method).filter((method) => method !== undefined) ?? [];
    return methods.map((method) => `${method} ${route?.path.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
}
