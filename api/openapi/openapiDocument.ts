import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Reader, Words } from '../../runtime/words.ts';
import type { ApiRoute } from '../defineRoute.ts';
import { problemStatus } from '../problem.ts';
import { routes } from '../routes.ts';
import { problemSchema } from '../schemas/problemSchema.ts';
import { inWords } from './inWords.ts';

/** An OpenAPI 3.1 document. */
export type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** The description of the API, from the very schemas that check requests; its words in the reader's language. */
export function openapiDocument(words: Words, reader: Reader): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'api.docs.auth',
  });
  for (const route of routes) registry.registerPath(describe(route));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'api.docs.title', version: '1', description: 'api.docs.about' },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({
      name,
      description: `api.tag.${name}`,
    })),
  });
  return inWords(words, reader, document);
}

/** The headers of a writing request. */
const headers = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .optional()
    .meta({ description: 'api.field.idempotencyKey' }),
  'X-Member': z.string().optional().meta({ description: 'api.field.xMember' }),
});

function describe(route: ApiRoute): RouteConfig {
  const writes = route.method !== 'get';
  const has = (schema: z.ZodObject) => Object.keys(schema.shape).length > 0;
  return {
    method: route.method,
    path: route.path,
    operationId: route.id,
    tags: [route.tag],
    summary: `api.route.${route.id}`,
    request: {
      ...(has(route.params) && { params: route.params }),
      ...(has(route.query) && { query: route.query }),
      ...(writes && { headers }),
      ...(has(route.body) && {
        body: {
          required: true,
          content: { [route.form ? 'multipart/form-data' : 'application/json']: { schema: route.body } },
        },
      }),
    },
    responses: { ...answers(route), ...problems(route) },
  };
}

function answers(route: ApiRoute): RouteConfig['responses'] {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, schema]) => [
      status,
      { description: `api.status.${status}`, content: { 'application/json': { schema } } },
    ]),
  );
}

/** The route's own refusals by status, and those that any request can meet. */
function problems(route: ApiRoute): RouteConfig['responses'] {
  const codes = [...common, ...(route.method === 'get' ? [] : writing), ...route.problems];
  if (route.role === 'admin') codes.push('readOnly');
  const statuses = [...new Set(codes.map(problemStatus))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: `api.status.${status}`,
        content: { 'application/problem+json': { schema: problemSchema } },
        'x-codes': [...new Set(codes.filter((code) => problemStatus(code) === status))],
      },
    ]),
  );
}

const common: ApiRoute['problems'] = ['invalidRequest', 'unauthorized', 'internal'];
const writing: ApiRoute['problems'] = ['badJson', 'notJson', 'tooLarge', 'noSuchMember', 'keyReused'];
