import type { ReplayQuarantineReason } from '#lib/domain/replay/quarantine-reason.ts';

/** A title of a few words; one sentence or two each: what was found there, and what to do. */
export type QuarantineWords = {
  readonly title: string;
  readonly what: string;
  readonly todo: string;
};

const FORMAT_TODO =
  'See whether the format fits the object; if it does, download the bytes and mend them.';
const PRODUCER_TODO = 'Download the bytes and mend them, or leave them out: they were archived so.';
const STORAGE_TODO =
  'Compare the object with another copy or version of it; what is stored here cannot be read any further.';

const WORDS: Readonly<Record<ReplayQuarantineReason, QuarantineWords>> = {
  'unexpected-bytes': {
    title: 'Not a record',
    what: 'No record begins with these bytes, or two values stand without a comma between them.',
    todo: FORMAT_TODO,
  },
  'brackets-mismatch': {
    title: 'Brackets do not match',
    what: 'A bracket closes what another kind of bracket opened.',
    todo: PRODUCER_TODO,
  },
  'line-break-in-string': {
    title: 'A string has a line end in it',
    what: 'JSON does not allow that; most often the record was cut off, and the next one follows on a new line.',
    todo: PRODUCER_TODO,
  },
  'too-deep': {
    title: 'Nested too deep',
    what: 'Brackets are nested more than 1,024 deep.',
    todo: FORMAT_TODO,
  },
  'too-large': {
    title: 'Larger than a record may be',
    what: 'What lies here as one record is larger than Kinesis takes. Only its beginning is kept in quarantine.',
    todo: 'See whether the format fits the object. If the records are that large, raise the maximum record size of the target first.',
  },
  'ambiguous-number': {
    title: 'One number, or several',
    what: 'Nothing delimits this number: 12 may have been one record, or 1 and 2.',
    todo: 'If the producer sends numbers alone, have the archiver write a line end behind each record.',
  },
  'zero-bytes': {
    title: 'Zero bytes between records',
    what: 'Zeros with something behind them are no padding; records may have been overwritten.',
    todo: STORAGE_TODO,
  },
  'cut-off': {
    title: 'Cut off',
    what: 'The object ends within this record, or could not be decompressed any further.',
    todo: STORAGE_TODO,
  },
  'no-payload': {
    title: 'No payload in the envelope',
    what: 'This is no JSON object, or it lacks the field that should hold the payload in base64.',
    todo: FORMAT_TODO,
  },
  'bad-base64': {
    title: 'Payload is not base64',
    what: 'The payload has bytes that base64 does not have, or an impossible length: decoded all the same, it would have a hole.',
    todo: FORMAT_TODO,
  },
  'bad-partition-key': {
    title: 'Partition key cannot be used',
    what: 'The archived partition key is empty, longer than 256 characters, or no text.',
    todo: 'See whether the field is the right one; or take the keys from elsewhere.',
  },
  'bad-hash-key': {
    title: 'Explicit hash key cannot be used',
    what: 'The archived hash key is not a whole number from 0 to 2^128 - 1.',
    todo: 'See whether the field is the right one; or leave it out, and records go by their partition keys.',
  },
  'kpl-checksum': {
    title: 'Aggregate is damaged',
    what: 'The MD5 of this KPL aggregate does not fit its bytes. It is not sent as it is: consumers would drop all of its records.',
    todo: STORAGE_TODO,
  },
  'kpl-malformed': {
    title: 'Aggregate cannot be read',
    what: 'The MD5 of this KPL aggregate fits, but it does not hold records with keys.',
    todo: PRODUCER_TODO,
  },
  'kpl-empty': {
    title: 'Aggregate is empty',
    what: 'This KPL aggregate holds no record.',
    todo: 'Nothing is lost; leave it out.',
  },
  'no-key': {
    title: 'No partition key',
    what: 'The record has no value where its partition key should be, or one that Kinesis does not take.',
    todo: 'Choose another place for the key, or a fallback for records without one.',
  },
  'not-compressed': {
    title: 'Not compressed as expected',
    what: 'From here on the object is neither a compressed member nor padding.',
    todo: 'See whether the compression fits the object; something else may have been appended to it.',
  },
  truncated: {
    title: 'Object is cut off',
    what: 'The object ends within a compressed member, so that the rest of it is missing.',
    todo: STORAGE_TODO,
  },
  'corrupt-stream': {
    title: 'Compressed data is damaged',
    what: 'From here on the object cannot be decompressed.',
    todo: STORAGE_TODO,
  },
  'checksum-mismatch': {
    title: 'Checksum does not fit',
    what: 'What comes out of this member is not what was compressed.',
    todo: STORAGE_TODO,
  },
  'length-mismatch': {
    title: 'Length does not fit',
    what: 'More or less comes out of this member than was compressed.',
    todo: STORAGE_TODO,
  },
  'directory-mismatch': {
    title: 'ZIP directory does not fit',
    what: 'The directory at the end of this ZIP file lists other entries than those that lie in it. All that were met have been dealt with.',
    todo: 'Compare the object with another copy or version of it: entries may be missing, or may have been taken out on purpose.',
  },
  'unsupported-compression': {
    title: 'Compressed in a way that is not read',
    what: 'From here on the object is encrypted, or compressed by a method that replays do not know.',
    todo: 'Convert the object first, for example to gzip, and replay what comes out.',
  },
  'container-corrupt': {
    title: 'File is damaged',
    what: 'The parts of this file do not fit together, or its values do not fit the schema that it names.',
    todo: STORAGE_TODO,
  },
  'container-unsupported': {
    title: 'File is of a kind that is not read',
    what: 'The file names a schema or a compression that replays do not know.',
    todo: 'Convert the object first, for example to lines of JSON, and replay what comes out.',
  },
  'container-too-large': {
    title: 'A part is too large to be read',
    what: 'A header or block of this file has to be held in memory as a whole, and is too large for that.',
    todo: 'Write the file again with smaller blocks, or convert it to lines of JSON.',
  },
  'expands-too-far': {
    title: 'Expands too far',
    what: 'This member decompresses to far more than archives do, as only bytes that are all alike, or made to harm, would.',
    todo: 'Look at the object before anything of it is sent.',
  },
  'object-too-large': {
    title: 'Object is too large',
    what: 'More comes out of this object than one object may hold; what came out before has been dealt with.',
    todo: 'Look at the object: if all of it is meant to be replayed, divide it first.',
  },
  'expression-failed': {
    title: 'Expression failed',
    what: 'The expression of the filter could not be worked out for this record, which is neither yes nor no.',
    todo: 'Have the expression ask first whether the field is there (has), then replay the quarantine.',
  },
  'too-large-for-target': {
    title: 'Larger than the target takes',
    what: 'Payload and key together are larger than the maximum record size of the target.',
    todo: 'Raise the maximum record size of the target, then replay the quarantine.',
  },
  'object-changed': {
    title: 'Object was overwritten',
    what: 'The object is another one now than when the replay was planned; what was not read before is not sent.',
    todo: 'Look who writes to the archive, and plan another replay of this object.',
  },
  'object-gone': {
    title: 'Object is gone',
    what: 'The object was deleted after the replay was planned; what was not read before is not sent.',
    todo: 'See whether a lifecycle rule of the bucket deletes objects; bring it back from a version, and plan another replay.',
  },
  'object-needs-restore': {
    title: 'Object has to be restored',
    what: 'The object went to an archive tier after the replay was planned, where S3 does not read from.',
    todo: 'Restore it (RestoreObject), and plan another replay of it.',
  },
};

/** What a person has to know of something in quarantine. */
export function quarantineWords(reason: ReplayQuarantineReason): QuarantineWords {
  return WORDS[reason];
}

/** Of a reason as it is stored: one that a later version has written is shown as it is. */
export function storedReasonWords(reason: string): QuarantineWords {
  return isKnown(reason)
    ? WORDS[reason]
    : {
        title: reason,
        what: 'This version does not know this reason.',
        todo: 'Look at the bytes.',
      };
}

function isKnown(reason: string): reason is ReplayQuarantineReason {
  return Object.hasOwn(WORDS, reason);
}
