'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { TagEditor } from '#components/stream-admin/tag-editor.tsx';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import { countOf } from '#lib/format/count.ts';
import { planTags } from '#lib/stream-admin/plan-tags.ts';
import {
  lineFaults,
  linesOf,
  tagsFaultOf,
  tagsOf,
  withEmptyLine,
} from '#lib/stream-admin/tag-draft.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function TagsForm({
  row,
  settings,
  tags: present,
  onClose,
}: SettingFormProps & { readonly tags: StreamTags }) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  const [seenTags] = useState(present);
  const [lines, setLines] = useState(() => withEmptyLine(linesOf(present)));
  const tags = tagsOf(lines);
  const fault = lineFaults(lines).size > 0 ? 'Some lines are wrong.' : tagsFaultOf(lines);
  const { add, remove } = planTags(seenTags, tags);
  const added = Object.keys(add).length;
  const isNew = added + remove.length > 0;
  const change = useMutation(
    trpc.streamAdmin.changeTags.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(`Tags of ${row.streamName} are changed`, outcome);
      },
    }),
  );
  return (
    <ChangeForm
      label="Change the tags"
      blocked={fault ?? (isNew ? null : 'They are these already.')}
      submitLabel="Save tags"
      pending={change.isPending}
      failure={change.error}
      failureTitle="Tags were not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenTags, tags })}
      consequence={
        isNew && (
          <p>
            {[
              added > 0 && `${countOf(added, 'tag')} set`,
              remove.length > 0 && `${countOf(remove.length, 'tag')} removed`,
            ]
              .filter((words) => words !== false)
              .join(', ')}
            . Policies that grant by tag take effect with them.
          </p>
        )
      }
    >
      <TagEditor lines={lines} onChange={setLines} />
    </ChangeForm>
  );
}
