import { resourceArn } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { required, structure, text } from './shape.ts';

const resource = { ResourceARN: required(resourceArn) };

/** Resource policies of streams and consumers. */
export const POLICY_OPERATIONS: OperationTable = {
  PutResourcePolicy: operation(
    structure({ ...resource, Policy: required(text()) }),
    (input, { engine, nowMs }) => {
      engine.putResourcePolicy({ resourceArn: input.ResourceARN, policy: input.Policy }, nowMs);
      return {};
    },
  ),

  GetResourcePolicy: operation(structure(resource), (input, { engine, nowMs }) => ({
    Policy: engine.getResourcePolicy({ resourceArn: input.ResourceARN }, nowMs),
  })),

  DeleteResourcePolicy: operation(structure(resource), (input, { engine, nowMs }) => {
    engine.deleteResourcePolicy({ resourceArn: input.ResourceARN }, nowMs);
    return {};
  }),
};
