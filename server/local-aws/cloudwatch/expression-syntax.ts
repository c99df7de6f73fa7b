import { CloudWatchError } from './cloudwatch-error.ts';

/** Metric math as far as dashboards of Kinesis use it. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Operator = '+' | '-' | '*' | '/' | '^';

type Token = { readonly kind: 'number' | 'text' | 'name' | 'sign'; readonly text: string };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|"([^"]*)"|'([^']*)'|([A-Za-z_]\w*)|([-+*/^()[\],]))/y;

/**
 * Reads an expression such as `SUM([m1, m2]) / PERIOD(m1)`.
 * @throws CloudWatchError (ValidationException) when it is not one.
 */
export function parseExpression(source: string): Expression {
  const parser = new Parser(tokenize(source), source);
  return parser.parseWhole();
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (source.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      throw syntaxError(source, `unexpected text at character ${at + 1}`);
    }
    const [, number, double, single, name, sign] = match;
    const text = double ?? single;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (text !== undefined) tokens.push({ kind: 'text', text });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Recursive descent, one method a level of precedence. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  #at = 0;

  constructor(tokens: readonly Token[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  parseWhole(): Expression {
    const expression = this.#sum();
    if (this.#at < this.#tokens.length) {
      throw syntaxError(this.#source, `unexpected '${this.#tokens[this.#at]?.text}'`);
    }
    return expression;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#take('+', '-'); sign !== null; sign = this.#take('+', '-')) {
      left = { kind: 'binary', operator: sign, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#power();
    for (let sign = this.#take('*', '/'); sign !== null; sign = this.#take('*', '/')) {
      left = { kind: 'binary', operator: sign, left, right: this.#power() };
    }
    return left;
  }

  #power(): Expression {
    const left = this.#unary();
    const sign = this.#take('^');
    return sign === null ? left : { kind: 'binary', operator: sign, left, right: this.#power() };
  }

  #unary(): Expression {
    return this.#take('-') === null ? this.#primary() : { kind: 'negate', of: this.#unary() };
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined) {
      throw syntaxError(this.#source, 'it ends too early');
    }
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'name':
        return this.#take('(') === null
          ? { kind: 'id', id: token.text }
          : { kind: 'call', name: token.text.toUpperCase(), args: this.#itemsUpTo(')') };
      case 'sign':
        return this.#bracketed(token.text);
    }
  }

  #bracketed(sign: string): Expression {
    if (sign === '[') {
      return { kind: 'list', items: this.#itemsUpTo(']') };
    }
    if (sign !== '(') {
      throw syntaxError(this.#source, `unexpected '${sign}'`);
    }
    const inner = this.#sum();
    this.#expect(')');
    return inner;
  }

  #itemsUpTo(close: string): Expression[] {
    if (this.#take(close) !== null) {
      return [];
    }
    const items = [this.#sum()];
    while (this.#take(',') !== null) {
      items.push(this.#sum());
    }
    this.#expect(close);
    return items;
  }

  #take<S extends string>(...signs: readonly S[]): S | null {
    const token = this.#tokens[this.#at];
    const sign = token?.kind === 'sign' ? signs.find((one) => one === token.text) : undefined;
    if (sign === undefined) {
      return null;
    }
    this.#at += 1;
    return sign;
  }

  #expect(sign: string): void {
    if (this.#take(sign) === null) {
      throw syntaxError(this.#source, `'${sign}' is missing`);
    }
  }
}

function syntaxError(source: string, reason: string): CloudWatchError {
  return new CloudWatchError('ValidationException', `Error in expression '${source}': ${reason}.`);
}
