import { NativeSelect, Slider, Textarea, TextInput } from '@mantine/core';
import { Quiet } from '#components/primitives/quiet.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ChosenShards, GoalDraft } from '#lib/reshard/goal-draft.ts';
import classes from './reshard-tab.module.css';

type GoalFieldsProps = {
  readonly draft: GoalDraft;
  readonly chosen: ChosenShards;
  readonly openShardCount: number;
  readonly onChange: (change: Partial<GoalDraft>) => void;
};

/** What else has to be said of the chosen goal. */
export function GoalFields({ draft, chosen, openShardCount, onChange }: GoalFieldsProps) {
  switch (draft.kind) {
    case 'split-shard':
      return (
        <>
          <ChosenShard chosen={chosen} />
          <NativeSelect
            label="Where to cut"
            data={[
              { value: 'load-median', label: 'Where its load is halved' },
              { value: 'middle', label: 'In its middle' },
              { value: 'hash-key', label: 'At a hash key' },
            ]}
            value={draft.cutBy}
            onChange={({ currentTarget: { value } }) => {
              if (value === 'load-median' || value === 'middle' || value === 'hash-key') {
                onChange({ cutBy: value });
              }
            }}
          />
          {draft.cutBy === 'hash-key' && (
            <TextInput
              label="First hash key of the right part"
              value={draft.cutAt}
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => onChange({ cutAt: value })}
            />
          )}
        </>
      );
    case 'merge-shards':
      return (
        <>
          <ChosenShard chosen={chosen} />
          <SegmentedControl
            aria-label="With which neighbour"
            data={[
              { value: 'left', label: `Left: ${shortOrNone(chosen.left)}` },
              { value: 'right', label: `Right: ${shortOrNone(chosen.right)}` },
            ]}
            value={draft.side}
            onChange={(value) => onChange({ side: value })}
          />
        </>
      );
    case 'scale-to-count':
      return <CountSlider {...{ draft, openShardCount, onChange }} />;
    case 'rebalance':
      return (
        <>
          <CountSlider {...{ draft, openShardCount, onChange }} />
          <Percent
            label="Slack above the best"
            value={draft.slackPercent}
            onChange={(slackPercent) => onChange({ slackPercent })}
          />
        </>
      );
    case 'scale-to-fit':
      return (
        <Percent
          label="Headroom above the load"
          value={draft.headroomPercent}
          onChange={(headroomPercent) => onChange({ headroomPercent })}
        />
      );
    case 'merge-cold':
      return (
        <Percent
          label="Below this of one shard’s limits together"
          value={draft.coldPercent}
          onChange={(coldPercent) => onChange({ coldPercent })}
        />
      );
    case 'isolate-key':
      return (
        <>
          <SegmentedControl
            aria-label="What is typed"
            data={[
              { value: 'partition-key', label: 'Partition key' },
              { value: 'hash-key', label: 'Hash key' },
            ]}
            value={draft.keyIs}
            onChange={(value) => onChange({ keyIs: value })}
          />
          <TextInput
            label="The key that is too hot"
            description="A partition key is hashed here and does not leave this browser."
            value={draft.key}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => onChange({ key: value })}
          />
        </>
      );
    case 'of-job':
      return draft.jobId === null ? null : (
        <SegmentedControl
          aria-label="Which of its layouts"
          data={[
            { value: 'before', label: `Before operation ${draft.jobId}` },
            { value: 'after', label: `As operation ${draft.jobId} planned it` },
          ]}
          value={draft.layout}
          onChange={(value) => onChange({ layout: value })}
        />
      );
    case 'boundaries':
      return (
        <Textarea
          label="First hash key of each shard but the first"
          description="Decimal, or hexadecimal after 0x; one a line, or parted by commas."
          value={draft.boundaries}
          autosize
          minRows={3}
          maxRows={10}
          spellCheck={false}
          w="min(100%, 480px)"
          onChange={({ currentTarget: { value } }) => onChange({ boundaries: value })}
        />
      );
  }
}

function ChosenShard({ chosen }: Pick<GoalFieldsProps, 'chosen'>) {
  return (
    <p>
      <Quiet as="span">Shard</Quiet>{' '}
      {chosen.shardId === null ? 'none chosen' : shortShardId(chosen.shardId)}
    </p>
  );
}

/** Twice as many as there are, or as few as one: what is beyond is typed. */
function CountSlider({
  draft,
  openShardCount,
  onChange,
}: Pick<GoalFieldsProps, 'draft' | 'openShardCount' | 'onChange'>) {
  const max = Math.min(STREAM_SHARDS_MAX, Math.max(10, openShardCount * 2));
  return (
    <>
      <div className={classes.slider}>
        <span className={classes.sliderLabel} id="reshard-count">
          Shards
        </span>
        <Slider
          aria-labelledby="reshard-count"
          thumbLabel="Shards"
          min={1}
          max={max}
          value={Math.min(max, draft.count)}
          onChange={(count) => onChange({ count })}
        />
      </div>
      <NumberField
        label="Exactly"
        unit="shards"
        value={String(draft.count)}
        fault={null}
        onChange={(text) => onChange({ count: wholeNumber(text) })}
      />
    </>
  );
}

function Percent(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <NumberField
      label={props.label}
      unit="%"
      value={String(props.value)}
      fault={null}
      onChange={(text) => props.onChange(wholeNumber(text))}
    />
  );
}

/** Only digits count; nothing is 0, which the plan refuses with its own words. */
function wholeNumber(text: string): number {
  return Number(text.replace(/\D/g, '').slice(0, 5));
}

function shortOrNone(shardId: string | null): string {
  return shardId === null ? 'none' : shortShardId(shardId);
}
