/**
 * The environment in which an embedded AWS gives back the memory of records that it drops. glibc maps blocks from 128 kB
 * on by themselves, and raises that size whenever one of them is freed, unless it is told one: segments of records are
 * then cut out of a heap that falls into pieces, which was 18 MB a minute at a steady 10 MB/s, and 4 with the size that
 * it begins with. Other allocators do not know the variable. mallopt(3), M_MMAP_THRESHOLD.
 */
export const WORLD_MEMORY = { MALLOC_MMAP_THRESHOLD_: '131072' } as const;
