/** A value of DynamoDB as its API has it, as far as tables of consumers use them. */
type DynamoValue = {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly M?: DynamoItem;
};

export type DynamoItem = { readonly [name: string]: DynamoValue | undefined };

/** What DescribeTable tells of a table, as far as it tells whether consumers keep their state in it. */
export type TableDescription = {
  readonly tableName: string;
  readonly hashKey: string | null;
  readonly rangeKey: string | null;
  readonly createdAtMs: number | null;
  /** Provisioned read capacity units a second; null: on demand. */
  readonly readCapacity: number | null;
  /** Up to 6 h old. */
  readonly itemCount: number | null;
};

/** Some rows of a table, and what reading them took. */
export type TablePage = {
  readonly items: readonly DynamoItem[];
  /** Read capacity units; null where the endpoint does not tell. */
  readonly units: number | null;
  /** Where the next page begins; null after the last. */
  readonly next: DynamoItem | null;
};
