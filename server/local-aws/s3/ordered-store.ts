import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { buildApp } from 'fauxqs';
import { OrderedObjects } from './ordered-keys.ts';

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
type S3Store = Stores['s3Store'];
type S3Object = ReturnType<S3Store['getObject']>;

/** What is used of it that its types keep to themselves. */
type Inside = { readonly buckets: Map<string, Map<string, S3Object>> };

/**
 * fauxqs sorts the keys of a bucket as words of a language are, and pages as code units are: of keys that mix cases or
 * signs, a listing of several pages leaves some out. It also sorts all of them for each page. Here the store lists as S3
 * does. The class is not exported, so it is taken from its file; where that moves, the world does not start.
 */
export async function orderedStores(): Promise<Stores> {
  const [{ S3Store: Store }, { SqsStore }, { SnsStore }] = await Promise.all([
    partOf('s3/s3Store.js') as Promise<{ S3Store: new () => S3Store }>,
    partOf('sqs/sqsStore.js') as Promise<{ SqsStore: new () => Stores['sqsStore'] }>,
    partOf('sns/snsStore.js') as Promise<{ SnsStore: new () => Stores['snsStore'] }>,
  ]);
  const s3Store = new Store();
  const { buckets } = s3Store as unknown as Inside;
  const create = s3Store.createBucket.bind(s3Store);
  s3Store.createBucket = (name, type) => {
    create(name, type);
    const objects = buckets.get(name);
    if (objects !== undefined && !(objects instanceof OrderedObjects)) {
      buckets.set(name, new OrderedObjects(objects));
    }
  };
  const listAll = s3Store.listObjects.bind(s3Store);
  s3Store.listObjects = (bucket, options = {}) => {
    const objects = buckets.get(bucket);
    // It says as S3 does that there is no such bucket.
    if (!(objects instanceof OrderedObjects)) return listAll(bucket, options);
    const { prefix = '', delimiter, maxKeys = 1_000, startAfter, marker = '' } = options;
    const listed = objects.list({ prefix, delimiter, maxKeys, startAfter: startAfter ?? marker });
    const found = listed.keys.flatMap((key) => {
      const object = objects.get(key);
      return object === undefined ? [] : [object];
    });
    const { commonPrefixes, isTruncated } = listed;
    return { objects: found, commonPrefixes: [...commonPrefixes], isTruncated };
  };
  return { s3Store, sqsStore: new SqsStore(), snsStore: new SnsStore() };
}

function partOf(path: string): Promise<unknown> {
  const manifest = findPackageJSON('fauxqs', import.meta.url);
  if (manifest === undefined) throw new Error('fauxqs is not installed');
  return import(pathToFileURL(join(dirname(manifest), 'dist', path)).href);
}
