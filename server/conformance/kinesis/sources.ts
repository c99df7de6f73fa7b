import type { Source } from '#server/conformance/case.ts';

/**
 * Answers of AWS as the tests of Kinesalite have them: they are written to be run against AWS too ("Takes 65 secs to
 * run on production"), and their texts were copied from it.
 */
export function observedByKinesalite(file: string, quote: string): Source {
  return { url: `https://github.com/mhart/kinesalite/blob/master/test/${file}.js`, quote };
}

/** An answer of AWS that somebody pasted into an issue: "owner/repository/issues/1". */
export function observedInIssue(path: string, quote: string): Source {
  return { url: `https://github.com/${path}`, quote };
}

/** A page of the developer guide. */
export function guide(page: string, quote: string): Source {
  return { url: `https://docs.aws.amazon.com/streams/latest/dev/${page}.html`, quote };
}

/** How AWS's front door and Kinesis itself name a bad parameter; which of them is seen depends on who checks first. */
export const BAD_PARAMETER = ['ValidationException', 'InvalidArgumentException'] as const;

/** What every operation documents for a stream that is not there. */
export const NO_STREAM =
  'ResourceNotFoundException: The requested resource could not be found. The stream might not be specified correctly.';
