/** What somebody's templates must say, so that the next deployment does not undo a reshard. */
export type InfrastructureLines = {
  readonly terraform: string;
  readonly cloudFormation: string;
  /** What a deployment does to the shards otherwise. */
  readonly warning: string;
};

/**
 * Source: Terraform AWS provider, resource aws_kinesis_stream, argument shard_count; CloudFormation,
 * AWS::Kinesis::Stream, property ShardCount. Both call UpdateShardCount where their number is another one.
 */
export function infrastructureLines(shardCount: number, isUniform: boolean): InfrastructureLines {
  return {
    terraform: `shard_count = ${shardCount}`,
    cloudFormation: `ShardCount: ${shardCount}`,
    warning: isUniform
      ? 'A template with another number sets it back at its next deployment.'
      : 'A template with another number sets it back at its next deployment, and makes all ranges equal. With this number it leaves the ranges as they are.',
  };
}
