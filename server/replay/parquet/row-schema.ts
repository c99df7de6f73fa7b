import type { SchemaElement } from 'hyparquet';
import { ParquetFault } from './parquet-fault.ts';
import { leafWriter, type ValueWriter } from './value-writer.ts';

/** A column at the top of the schema, which may hold others. */
type Column = {
  readonly name: string;
  /** Its name as JSON, with the colon behind it. */
  readonly label: string;
  readonly write: ValueWriter;
};

export type RowSchema = {
  readonly columns: readonly Column[];
  /**
   * The schema that the library is given: leaves without their logical types, so that values come as they are stored,
   * and maps without theirs, so that keys come as values and none is lost that is there twice.
   */
  readonly stored: SchemaElement[];
};

/** Deeper is no schema of a record. */
const DEPTH_MAX = 100;

/** What the library makes objects of cannot have this name. */
const NO_NAME = '__proto__';

/**
 * How a file's rows are written: a group is an object, a list an array, a map an object with its keys as text, and what is
 * repeated without being a list an array.
 * @throws ParquetFault for what is no schema, or has types that are not read
 */
export function rowSchemaOf(elements: readonly SchemaElement[]): RowSchema {
  const reading = new SchemaReading(elements);
  const columns = reading.columns();
  if (new Set(columns.map(({ name }) => name)).size < columns.length) {
    throw new ParquetFault('container-unsupported');
  }
  return { columns, stored: reading.stored };
}

type Node = {
  readonly element: SchemaElement;
  readonly stored: SchemaElement;
  readonly children: readonly Node[];
};

class SchemaReading {
  readonly stored: SchemaElement[] = [];
  readonly #elements: readonly SchemaElement[];

  constructor(elements: readonly SchemaElement[]) {
    this.#elements = elements;
  }

  columns(): Column[] {
    const root = this.#node(0);
    if (this.stored.length !== this.#elements.length || root.children.length === 0) {
      throw new ParquetFault('container-corrupt');
    }
    return root.children.map((node) => {
      const { name } = node.element;
      return { name, label: `${JSON.stringify(name)}:`, write: writerOf(node) };
    });
  }

  /** Elements stand in the order in which a walk comes to them, each before its children. */
  #node(depth: number): Node {
    const element = this.#elements[this.stored.length];
    if (element === undefined || depth > DEPTH_MAX) throw new ParquetFault('container-corrupt');
    if (element.name === NO_NAME || element.logical_type?.type === 'VARIANT') {
      throw new ParquetFault('container-unsupported');
    }
    const { converted_type: _, logical_type: __, ...plain } = element;
    const stored: SchemaElement = plain;
    this.stored.push(stored);
    const children: Node[] = [];
    for (let i = 0; i < (element.num_children ?? 0); i += 1) children.push(this.#node(depth + 1));
    const node = { element, stored, children };
    if (isList(node)) stored.converted_type = 'LIST';
    return node;
  }
}

function writerOf(node: Node): ValueWriter {
  const write = onceWriter(node);
  return node.element.repetition_type === 'REPEATED' ? arrayWriter(write) : write;
}

/** Of one value, whether there may be several or not. */
function onceWriter(node: Node): ValueWriter {
  const { element, children } = node;
  if (children.length === 0) return orNull(node, leafWriter(element));
  const [inner] = children;
  if (inner !== undefined && isList(node)) {
    const [item = inner] = inner.children;
    return orNull(node, arrayWriter(item === inner ? onceWriter(inner) : writerOf(item)));
  }
  const [key, value] = inner?.children ?? [];
  return inner !== undefined && key !== undefined && value !== undefined && isMap(node)
    ? orNull(node, mapWriter(inner.element.name, key, value))
    : orNull(node, structWriter(children));
}

/** A group that is not there comes as undefined; a leaf that comes so is missing in a damaged file. */
function orNull({ element, children }: Node, write: ValueWriter): ValueWriter {
  const isOptional = element.repetition_type === 'OPTIONAL';
  return (value) => {
    const isNone = value === null || (value === undefined && children.length > 0);
    return isNone && isOptional ? 'null' : write(value);
  };
}

function arrayWriter(write: ValueWriter): ValueWriter {
  return (value) => {
    if (!Array.isArray(value)) throw new ParquetFault('container-corrupt');
    return `[${value.map(write).join(',')}]`;
  };
}

function structWriter(children: readonly Node[]): ValueWriter {
  const members = children.map((child) => ({
    name: child.element.name,
    label: `${JSON.stringify(child.element.name)}:`,
    write: writerOf(child),
  }));
  return (value) => {
    const struct = structOf(value);
    return `{${members.map(({ name, label, write }) => label + write(struct[name])).join(',')}}`;
  };
}

function mapWriter(entries: string, key: Node, value: Node): ValueWriter {
  const [writeKey, writeValue] = [writerOf(key), writerOf(value)];
  return (map) => {
    const list = structOf(map)[entries];
    if (!Array.isArray(list)) throw new ParquetFault('container-corrupt');
    const members = list.map((one) => {
      const entry = structOf(one);
      const name = writeKey(entry[key.element.name]);
      const label = name.startsWith('"') ? name : JSON.stringify(name);
      return `${label}:${writeValue(entry[value.element.name])}`;
    });
    return `{${members.join(',')}}`;
  };
}

function structOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new ParquetFault('container-corrupt');
  return value as Readonly<Record<string, unknown>>;
}

/** As the library takes one apart: a repeated group of one member, or a repeated leaf. */
function isList({ element, children }: Node): boolean {
  const [inner, ...more] = children;
  return (
    (element.converted_type === 'LIST' || element.logical_type?.type === 'LIST') &&
    more.length === 0 &&
    inner?.element.repetition_type === 'REPEATED' &&
    inner.children.length <= 1
  );
}

function isMap({ element, children }: Node): boolean {
  const [inner, ...more] = children;
  return (
    (element.converted_type === 'MAP' ||
      element.converted_type === 'MAP_KEY_VALUE' ||
      element.logical_type?.type === 'MAP') &&
    more.length === 0 &&
    inner?.element.repetition_type === 'REPEATED' &&
    inner.children.length === 2
  );
}
