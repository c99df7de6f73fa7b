import { expect, it } from 'vitest';
import { matchRoute } from './routes.ts';

it.each([
  ['GET', '/2015-03-31/event-source-mappings/', 'ListEventSourceMappings', {}],
  ['GET', '/2015-03-31/event-source-mappings/u-1', 'GetEventSourceMapping', { UUID: 'u-1' }],
  ['DELETE', '/2015-03-31/event-source-mappings/u-1', 'DeleteEventSourceMapping', { UUID: 'u-1' }],
  ['GET', '/2015-03-31/functions', 'ListFunctions', {}],
  [
    'POST',
    '/2015-03-31/functions/arn%3Aaws%3Alambda/invocations',
    'Invoke',
    { FunctionName: 'arn:aws:lambda' },
  ],
  ['GET', '/2015-03-31/functions/%zz', 'GetFunction', { FunctionName: '%zz' }],
])('%s %s is %s', (method, path, operation, parameters) => {
  expect(matchRoute(method, path)).toEqual({ operation, parameters });
});

it.each([
  ['PATCH', '/2015-03-31/functions'],
  ['toString', '/2015-03-31/functions'],
  ['GET', '/2015-03-31/nothing'],
  ['GET', '/'],
])('%s %s is nothing', (method, path) => {
  expect(matchRoute(method, path)).toBeNull();
});
