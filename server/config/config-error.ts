/** Configuration that cannot be used. `message` has several lines for a person: where, what, and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
