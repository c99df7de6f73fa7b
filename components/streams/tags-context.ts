'use client';

import { createContext } from 'react';
import type { TagsByStream } from '#lib/streams/stream-tags.ts';

/** What is known of tags, for the cells that show them; null: nothing yet. */
export const TagsContext = createContext<TagsByStream | null>(null);
