/** The API's document (OpenAPI 3.1), made of the schemas by which it answers. */
import { z } from 'zod';
import type { Action, Page } from './contract.ts';

const ERROR = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' }, remedy: { type: 'string' } },
      required: ['code', 'message', 'remedy'],
    },
  },
  required: ['error'],
};

const SAID = {
  type: 'object',
  properties: {
    ok: { type: 'boolean' },
    text: { type: 'string' },
    remedy: { type: 'string' },
    to: { type: 'string' },
    quiet: { type: 'boolean' },
    secret: { type: 'string' },
  },
  required: ['ok', 'text'],
};

const content = (schema: object) => ({ 'application/json': { schema } });
const refused = { description: 'Refused, with what to do', content: content(ERROR) };

export function openApi(pages: readonly Page[], actions: readonly Action[]): object {
  return {
    openapi: '3.1.0',
    info: { title: 'boomsync', version: '1', description: 'What the pages read and do.' },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries([
      ...pages.map((page) => [`/${page.name}`, { get: reading(page) }]),
      ...actions.map((action) => [`/do/${action.name}`, { post: doing(action) }]),
    ]),
  };
}

function reading({ name, about, query, view }: Page): object {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return {
    operationId: `read_${name}`,
    summary: about,
    parameters: Object.entries(properties).map(([field, schema]) => ({
      name: field,
      in: 'query',
      required: required.includes(field),
      schema,
    })),
    responses: { 200: { description: about, content: content(schemaOf(view, 'output')) }, '4XX': refused },
  };
}

function doing({ name, about, input }: Action): object {
  return {
    operationId: `do_${name}`,
    summary: about,
    requestBody: { required: true, content: content(schemaOf(input, 'input')) },
    responses: {
      200: { description: 'Done', content: content(SAID) },
      409: { description: 'Not done', content: content(SAID) },
      '4XX': refused,
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
