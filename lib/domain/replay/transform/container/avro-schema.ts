const PRIMITIVES = [
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
] as const;

/** A schema of Avro, its names resolved: what has a name may hold itself. */
export type AvroType =
  | { readonly kind: (typeof PRIMITIVES)[number] }
  | { readonly kind: 'fixed'; readonly size: number }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  | { readonly kind: 'array' | 'map'; readonly items: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | { readonly kind: 'record'; readonly fields: readonly AvroField[] };

/** `label` is its name as JSON, with the colon behind it. */
type AvroField = { readonly label: string; readonly type: AvroType };

/** As deep as a schema may be nested: what is deeper was made to harm. */
const DEPTH_MAX = 100;

/**
 * The type that a schema describes (Avro 1.12 specification, "Schema Declaration"). Logical types are what they are
 * written as: a time stays its number, a decimal its bytes.
 * @returns null where the text is no schema
 */
export function parseAvroSchema(text: string): AvroType | null {
  try {
    const schema: unknown = JSON.parse(text);
    return new SchemaParser().parse(schema, '', 0);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NoSchema) return null;
    throw error;
  }
}

class NoSchema extends Error {}

type Members = Readonly<Record<string, unknown>>;

class SchemaParser {
  readonly #named = new Map<string, AvroType>();

  parse(schema: unknown, namespace: string, depth: number): AvroType {
    if (depth > DEPTH_MAX) throw new NoSchema();
    if (typeof schema === 'string') return this.#byName(schema, namespace);
    if (Array.isArray(schema)) {
      return {
        kind: 'union',
        branches: schema.map((one) => this.parse(one, namespace, depth + 1)),
      };
    }
    if (!isMembers(schema)) throw new NoSchema();
    switch (schema['type']) {
      case 'record':
      case 'error':
        return this.#record(schema, namespace, depth);
      case 'enum':
        return this.#name(schema, namespace, { kind: 'enum', symbols: textsOf(schema['symbols']) });
      case 'fixed':
        return this.#name(schema, namespace, { kind: 'fixed', size: sizeOf(schema['size']) });
      case 'array':
        return { kind: 'array', items: this.parse(schema['items'], namespace, depth + 1) };
      case 'map':
        return { kind: 'map', items: this.parse(schema['values'], namespace, depth + 1) };
      default:
        return this.parse(schema['type'], namespace, depth + 1);
    }
  }

  #record(schema: Members, namespace: string, depth: number): AvroType {
    const fields: AvroField[] = [];
    const type = { kind: 'record', fields } as const;
    // Before its fields, which may be of this type themselves.
    this.#name(schema, namespace, type);
    const within = namespaceOf(fullName(schema, namespace));
    if (!Array.isArray(schema['fields'])) throw new NoSchema();
    for (const field of schema['fields']) {
      if (!isMembers(field) || typeof field['name'] !== 'string') throw new NoSchema();
      fields.push({
        label: `${JSON.stringify(field['name'])}:`,
        type: this.parse(field['type'], within, depth + 1),
      });
    }
    return type;
  }

  #name(schema: Members, namespace: string, type: AvroType): AvroType {
    this.#named.set(fullName(schema, namespace), type);
    return type;
  }

  #byName(name: string, namespace: string): AvroType {
    const kind = PRIMITIVES.find((primitive) => primitive === name);
    if (kind !== undefined) return { kind };
    const type = this.#named.get(qualified(name, namespace)) ?? this.#named.get(name);
    if (type === undefined) throw new NoSchema();
    return type;
  }
}

function fullName(schema: Members, namespace: string): string {
  const { name, namespace: own } = schema;
  if (typeof name !== 'string') throw new NoSchema();
  return qualified(name, typeof own === 'string' ? own : namespace);
}

function qualified(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new NoSchema();
  return value;
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new NoSchema();
  return value;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
