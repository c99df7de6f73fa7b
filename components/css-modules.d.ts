/**
 * Class names of a CSS module, read as `classes.name`. Next declares them with an index signature, which
 * noPropertyAccessFromIndexSignature would make `classes['name']`; the longer pattern wins over Next's.
 */
declare module './*.module.css' {
  // biome-ignore lint/suspicious/noExplicitAny: only `any` allows dotted names that no declaration lists
  const classes: any;
  export default classes;
}
