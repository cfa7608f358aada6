import { VkRefusal } from './errors.ts';

/** What a script can hold: JSON, or the answer of a call. */
export type ScriptValue = unknown;

/** Makes one call of the script; the answer, or `false` after a refusal. */
export type ScriptCall = (method: string, parameters: Map<string, string>) => ScriptValue;

interface Token {
  kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  text: string;
  line: number;
}

const pattern =
  /\s+|\/\/[^\n]*|([A-Za-z_$][\w$]*)|(-?\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(@\.|[[\]{}(),:;.=])/gy;

function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < code.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(code);
    if (match === null) {
      throw new VkRefusal(12, `unexpected symbol '${code[start] ?? ''}' in line ${line}`);
    }
    const [text, name, number, string, sign] = match;
    line += text.split('\n').length - 1;
    if (name !== undefined) {
      tokens.push({ kind: 'name', text, line });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text, line });
    } else if (string !== undefined) {
      tokens.push({ kind: 'string', text, line });
    } else if (sign !== undefined) {
      tokens.push({ kind: 'sign', text, line });
    }
  }
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}

function stringOf(quoted: string): string {
  if (quoted.startsWith('"')) {
    try {
      return String(JSON.parse(quoted));
    } catch {
      throw new VkRefusal(12, `a broken string ${quoted}`);
    }
  }
  return quoted.slice(1, -1).replaceAll("\\'", "'").replaceAll('\\\\', '\\');
}

function parameterOf(value: ScriptValue): string {
  if (Array.isArray(value)) {
    return value.map(parameterOf).join(',');
  }
  if (typeof value === 'boolean') {
    return value ? '1' : '';
  }
  return value === null || value === undefined ? '' : String(value);
}

function memberOf(value: ScriptValue, name: string): ScriptValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return null;
  }
  const found: unknown = Reflect.get(value, name);
  return found ?? null;
}

/** Runs a script while it reads it: `var` statements, then `return`, with calls, arrays, objects and members. */
class Script {
  #tokens: Token[];
  #position = 0;
  #call: ScriptCall;
  #variables = new Map<string, ScriptValue>();

  constructor(code: string, call: ScriptCall) {
    this.#tokens = tokensOf(code);
    this.#call = call;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '', line: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #expect(text: string): void {
    const token = this.#next();
    if (token.text !== text || token.kind === 'string') {
      throw new VkRefusal(12, `'${text}' expected, '${token.text}' found in line ${token.line}`);
    }
  }

  #takes(text: string): boolean {
    const token = this.#peek();
    if (token.kind === 'sign' && token.text === text) {
      this.#position += 1;
      return true;
    }
    return false;
  }

  run(): ScriptValue {
    for (;;) {
      const token = this.#next();
      if (token.text === 'var' && token.kind === 'name') {
        const name = this.#next();
        this.#expect('=');
        this.#variables.set(name.text, this.#expression());
        this.#expect(';');
      } else if (token.text === 'return' && token.kind === 'name') {
        const value = this.#expression();
        this.#expect(';');
        return value;
      } else {
        throw new VkRefusal(12, `'return' expected, '${token.text}' found in line ${token.line}`);
      }
    }
  }

  #expression(): ScriptValue {
    let value = this.#primary();
    for (;;) {
      if (this.#takes('.')) {
        value = memberOf(value, this.#next().text);
      } else if (this.#takes('@.')) {
        const name = this.#next().text;
        value = Array.isArray(value) ? value.map((item) => memberOf(item, name)) : null;
      } else if (this.#takes('[')) {
        const index = this.#expression();
        this.#expect(']');
        value = Array.isArray(value) ? (value[Number(index)] ?? null) : memberOf(value, String(index));
      } else {
        return value;
      }
    }
  }

  #primary(): ScriptValue {
    const token = this.#next();
    if (token.kind === 'string') {
      return stringOf(token.text);
    }
    if (token.kind === 'number') {
      return Number(token.text);
    }
    if (token.kind === 'sign' && token.text === '[') {
      return this.#list();
    }
    if (token.kind === 'sign' && token.text === '{') {
      return Object.fromEntries(this.#object());
    }
    if (token.kind === 'name') {
      return this.#named(token);
    }
    throw new VkRefusal(12, `an expression expected, '${token.text}' found in line ${token.line}`);
  }

  #named(token: Token): ScriptValue {
    switch (token.text) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      case 'API':
        return this.#apiCall();
      default:
        if (!this.#variables.has(token.text)) {
          throw new VkRefusal(12, `unknown name '${token.text}' in line ${token.line}`);
        }
        return this.#variables.get(token.text);
    }
  }

  #apiCall(): ScriptValue {
    const names: string[] = [];
    while (this.#takes('.')) {
      names.push(this.#next().text);
    }
    this.#expect('(');
    const parameters = new Map<string, string>();
    if (!this.#takes(')')) {
      this.#expect('{');
      for (const [key, value] of this.#object()) {
        parameters.set(key, parameterOf(value));
      }
      this.#expect(')');
    }
    return this.#call(names.join('.'), parameters);
  }

  #list(): ScriptValue[] {
    const items: ScriptValue[] = [];
    while (!this.#takes(']')) {
      items.push(this.#expression());
      if (!this.#takes(',')) {
        this.#expect(']');
        break;
      }
    }
    return items;
  }

  #object(): [string, ScriptValue][] {
    const entries: [string, ScriptValue][] = [];
    while (!this.#takes('}')) {
      const key = this.#next();
      if (key.kind === 'sign' || key.kind === 'end') {
        throw new VkRefusal(12, `a key expected, '${key.text}' found in line ${key.line}`);
      }
      this.#expect(':');
      entries.push([key.kind === 'string' ? stringOf(key.text) : key.text, this.#expression()]);
      if (!this.#takes(',')) {
        this.#expect('}');
        break;
      }
    }
    return entries;
  }
}

/**
 * Runs a part of VKScript: `var name = ...;` and `return ...;` with `API.section.method({...})`, lists, objects,
 * members (`.name`, `@.name`, `[0]`) and plain values. Anything else is error 12, as a broken script is.
 */
export function runScript(code: string, call: ScriptCall): ScriptValue {
  return new Script(code, call).run();
}
