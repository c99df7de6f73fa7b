/**
 * Of an SDK client of an embedded world, which takes any credentials; its endpoint is added. No call is repeated
 * behind a test's back.
 */
export const LOCAL_CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};
