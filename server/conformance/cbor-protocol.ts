import { KinesisServiceException } from '@aws-sdk/client-kinesis';
import { CborCodec, CborShapeDeserializer, CborShapeSerializer, tag } from '@smithy/core/cbor';
import { RpcProtocol } from '@smithy/core/protocols';
import { NormalizedSchema, type TypeRegistry } from '@smithy/core/schema';

// The SDK's own names for these are in a package which we do not depend on.
type Serialize = Parameters<RpcProtocol['serializeRequest']>;
type Deserialize = Parameters<RpcProtocol['deserializeResponse']>;
type Schema = Parameters<CborShapeSerializer['serialize']>[0];

const CONTENT_TYPE = 'application/x-amz-cbor-1.1';
const TARGET = 'Kinesis_20131202';

/**
 * Kinesis as Java clients speak it: the operations and shapes of JSON 1.1, their bodies as CBOR. Blobs are byte
 * strings. Times are tag 1 with epoch *milliseconds*: RFC 8949 has seconds there, but so the Java SDK sends and reads
 * them (`SdkCborGenerator.writeValue`), and Kinesis answers in kind. Not Smithy's RPCv2 CBOR, which has other paths.
 */
export class KinesisCborProtocol extends RpcProtocol {
  protected override serializer = new JavaCborSerializer();
  protected override deserializer = new JavaCborDeserializer();
  readonly #codec = new CborCodec();

  /** Public, unlike the base's: the SDK constructs it by its client's settings. */
  constructor(options: { defaultNamespace: string; errorTypeRegistries?: TypeRegistry[] }) {
    super(options);
  }

  override getShapeId(): string {
    return 'aws.protocols#awsCbor1_1';
  }

  override getPayloadCodec(): CborCodec {
    return this.#codec;
  }

  override async serializeRequest<Input extends object>(
    operationSchema: Serialize[0],
    input: Input,
    context: Serialize[2],
  ): ReturnType<RpcProtocol['serializeRequest']> {
    const request = await super.serializeRequest(operationSchema, input, context);
    request.headers['content-type'] = CONTENT_TYPE;
    request.headers['x-amz-target'] = `${TARGET}.${operationSchema.name}`;
    return request;
  }

  /** Members of exceptions are left out: a name, a message and a status are all that cases look at. */
  protected override async handleError(
    _operationSchema: Deserialize[0],
    _context: Deserialize[1],
    response: Deserialize[2],
    answer: Record<string, unknown>,
    metadata: KinesisServiceException['$metadata'],
  ): Promise<never> {
    const type = answer['__type'] ?? response.headers['x-amzn-errortype'];
    const message = answer['message'] ?? answer['Message'];
    throw new KinesisServiceException({
      name: typeof type === 'string' ? nameOf(type) : 'Unknown',
      message: typeof message === 'string' ? message : '',
      $fault: response.statusCode < 500 ? 'client' : 'server',
      $metadata: metadata,
    });
  }

  protected override getDefaultContentType(): string {
    return CONTENT_TYPE;
  }
}

/** "com.amazonaws.kinesis.v20131202#ResourceNotFoundException:..." -> "ResourceNotFoundException". */
function nameOf(type: string): string {
  return type.replace(/^.*#/, '').replace(/:.*$/, '');
}

class JavaCborSerializer extends CborShapeSerializer {
  override serialize(schema: Schema, source: unknown): unknown {
    // A bigint: the encoder writes a number of this size as an integer too, but a half-millisecond as a float.
    if (source instanceof Date) return tag({ tag: 1, value: BigInt(source.getTime()) });
    return super.serialize(schema, source);
  }
}

class JavaCborDeserializer extends CborShapeDeserializer {
  override readValue(schema: Schema, value: unknown): unknown {
    if (NormalizedSchema.of(schema).isTimestampSchema()) {
      const untagged = isTag(value) ? value.value : value;
      if (typeof untagged === 'number' || typeof untagged === 'bigint') {
        return new Date(Number(untagged));
      }
    }
    return super.readValue(schema, value);
  }
}

function isTag(value: unknown): value is { tag: number | bigint; value: unknown } {
  return typeof value === 'object' && value !== null && 'tag' in value && 'value' in value;
}
