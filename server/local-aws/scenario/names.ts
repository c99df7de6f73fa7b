import { pick, type Random } from './seeded-random.ts';

const SUBJECTS = [
  'football',
  'tennis',
  'elections',
  'weather',
  'climate',
  'housing',
  'energy',
  'inflation',
  'markets',
  'crypto',
  'space',
  'telescopes',
  'archaeology',
  'cinema',
  'documentary',
  'jazz',
  'opera',
  'gaming',
  'chess',
  'cycling',
  'marathon',
  'rail',
  'aviation',
  'shipping',
  'farming',
  'vaccines',
  'genetics',
  'robotics',
  'batteries',
  'chips',
  'typescript',
  'databases',
  'streaming',
  'photography',
  'recipes',
  'gardening',
  'museums',
  'poetry',
  'podcasts',
  'basketball',
  'cricket',
  'rugby',
  'skiing',
  'sailing',
] as const;

const ANGLES = [
  'live',
  'news',
  'finals',
  'results',
  'europe',
  'asia',
  'africa',
  'americas',
  'local',
  'today',
  'memes',
  'analysis',
  'rumours',
  'history',
  'awards',
  'debate',
  'tips',
  'startups',
] as const;

/** Topics that people talk about, the best known first: each subject, then each subject with each angle. */
export function* topicNames(): Generator<string> {
  yield* SUBJECTS;
  for (const angle of ANGLES) {
    for (const subject of SUBJECTS) {
      yield `${subject}-${angle}`;
    }
  }
}

/** Single events, each of which can outgrow a shard all by itself. */
export function* eventNames(): Generator<string> {
  const events = ['world-cup-final', 'lunar-landing', 'election-night', 'eurovision', 'oscars'];
  yield* events;
  for (const year of [2024, 2025, 2026, 2027]) {
    for (const event of events) {
      yield `${event}-${year}`;
    }
  }
}

const SYLLABLES = [
  'an',
  'ber',
  'cor',
  'del',
  'eva',
  'fin',
  'gal',
  'hol',
  'ira',
  'jun',
  'kel',
  'lor',
];

export function screenName(random: Random): string {
  const word = Array.from({ length: 3 }, () => pick(random, SYLLABLES)).join('');
  return `${word}${Math.floor(random() * 1_000)}`;
}

const WORDS = (
  'the live result from today shows what many here expected after a long evening with more to come ' +
  'while others still wait for numbers that would settle it and nobody can say which way it will turn'
).split(' ');

/** `count` words of running text. */
export function sentence(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(random, WORDS)).join(' ');
}
