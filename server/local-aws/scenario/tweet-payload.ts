import { screenName, sentence } from './names.ts';
import { ID_SLOT, type Payload, payloadOf, TIME_SLOT } from './payload.ts';
import { between, pick, type Random } from './seeded-random.ts';

const QUOTED_PER_TOPIC = 10;

/**
 * Tweets as the streaming API of old delivered them: mostly nested users, entities, and what they quote.
 * @returns a source of tweets about `topic`; its argument is about how many bytes the next one has.
 */
export function tweetsAbout(random: Random, topic: string): (bytes: number) => Payload {
  // What they quote is written once and quoted often, or making a pool would take longer than a start may.
  const quoted = Array.from({ length: QUOTED_PER_TOPIC }, () =>
    JSON.stringify(status(random, topic)),
  );
  return (bytes) => {
    const own = JSON.stringify({
      created_at: TIME_SLOT,
      id_str: ID_SLOT,
      topic,
      lang: 'en',
      ...status(random, topic),
    }).slice(0, -1);
    const parts: string[] = [];
    let length = own.length;
    while (length < bytes - 500) {
      const next = pick(random, quoted);
      parts.push(next);
      length += next.length + 1;
    }
    return payloadOf(`${own},"quoted_status":[${parts.join(',')}]}`);
  };
}

function status(random: Random, topic: string) {
  const name = screenName(random);
  const count = (max: number) => Math.floor(random() * max);
  return {
    text: sentence(random, 12 + count(30)),
    source: '<a href="https://mobile.example.com" rel="nofollow">Mobile Web</a>',
    user: {
      id_str: String(count(1e9)),
      name,
      screen_name: name,
      location: sentence(random, 2),
      description: sentence(random, 10 + count(12)),
      followers_count: count(90_000),
      friends_count: count(4_000),
      statuses_count: count(120_000),
      verified: random() < 0.05,
      profile_image_url_https: `https://img.example.com/profile/${count(1e9)}/${name}_normal.jpg`,
    },
    entities: {
      hashtags: [{ text: topic, indices: [3, 3 + topic.length] }],
      urls: [
        {
          url: `https://t.example.com/${name}`,
          expanded_url: `https://news.example.com/${topic}/${count(1e6)}`,
        },
      ],
      user_mentions: [{ screen_name: screenName(random), id_str: String(count(1e9)) }],
    },
    coordinates: [between(random, -180, 180), between(random, -90, 90)],
    quote_count: count(50),
    reply_count: count(90),
    retweet_count: count(9_000),
    favorite_count: count(20_000),
  };
}
