/**
 * Reads one object of a PDF after the other, as a PDF reader does: names, strings, comments and streams, in pieces of
 * any length. Strings and comments matter because a name in them means nothing, and "stream" in them no stream.
 */
import { FileRefused, UNCHECKABLE } from './kind.ts';
import { checkName, decodeName, endsToken, MAX_NAME } from './pdf-names.ts';

/** Takes the bytes of a stream. */
export type StreamSink = { data(bytes: Buffer): void; end(): void };

type State =
  | 'body'
  | 'name'
  | 'word'
  | 'string'
  | 'angle'
  | 'hex'
  | 'comment'
  | 'line end'
  | 'line feed'
  | 'stream';

const code = (character: string) => character.charCodeAt(0);
const [SLASH, OPEN, CLOSE, LESS, GREATER] = [...'/()<>'].map(code) as [
  number,
  number,
  number,
  number,
  number,
];
const [PERCENT, BACKSLASH, LEFT, RIGHT] = [...'%\\[]'].map(code) as [number, number, number, number];
const [CR, LF] = [13, 10];
/** Names that tell what a stream is; a dictionary with more of them is made to confuse. */
const MAX_TELLING = 1000;
const END_OF_STREAM = 'endstream';

export type Lexer = {
  push(chunk: Buffer): void;
  /** Between tokens, outside of strings, comments and streams. */
  inBody(): boolean;
  /** At the end of the file. */
  end(): void;
};

/**
 * @param isTelling which names of an object are kept for `openStream`
 * @param openStream decides by the names of its dictionary what becomes of a stream
 */
export function pdfLexer(
  isTelling: (name: string) => boolean,
  openStream: (names: string[]) => StreamSink,
): Lexer {
  let state: State = 'body';
  let token = '';
  let names: string[] = [];
  /** Of dictionaries and arrays. */
  let depth = 0;
  /** Of parentheses in a string. */
  let parentheses = 0;
  let escaped = false;
  /** The last thing was the end of the object's dictionary: only here "stream" begins a stream. */
  let afterDictionary = false;
  let lastByte = 0;
  let sink: StreamSink | null = null;
  /** The last bytes of a stream so far: "endstream" may lie across two chunks. */
  let tail = '';

  function endWord(byte: number): void {
    const isStream =
      token === 'stream' && afterDictionary && depth === 0 && (byte === CR || byte === LF || byte === 32);
    afterDictionary = false;
    state = 'body';
    if (!isStream) return;
    sink = openStream(names);
    tail = '';
    state = 'line end';
  }

  function endName(): void {
    const name = decodeName(token);
    checkName(name);
    if (isTelling(name)) names.push(name);
    if (names.length > MAX_TELLING) throw new FileRefused('content', UNCHECKABLE);
    state = 'body';
  }

  function body(byte: number): void {
    if (byte === SLASH || byte === OPEN || byte === LESS || byte === LEFT) afterDictionary = false;
    if (byte === SLASH) {
      token = '';
      state = 'name';
    } else if (byte === OPEN) {
      parentheses = 1;
      escaped = false;
      state = 'string';
    } else if (byte === LESS) state = 'angle';
    else if (byte === PERCENT) state = 'comment';
    else if (byte === LEFT) depth += 1;
    else if (byte === RIGHT) depth = Math.max(0, depth - 1);
    else if (byte === GREATER && lastByte === GREATER) {
      depth = Math.max(0, depth - 1);
      afterDictionary = depth === 0;
      // The second of two, not the first of the next two.
      lastByte = 0;
      return;
    } else if (!endsToken[byte]) {
      token = String.fromCharCode(byte);
      state = 'word';
    }
    lastByte = byte;
  }

  function string(byte: number): void {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === OPEN) parentheses += 1;
    else if (byte === CLOSE) {
      parentheses -= 1;
      if (parentheses === 0) state = 'body';
    }
  }

  /** @returns whether the byte was used up */
  function step(byte: number): boolean {
    switch (state) {
      case 'body':
        body(byte);
        return true;
      case 'name':
      case 'word':
        if (!endsToken[byte]) {
          if (token.length < MAX_NAME) token += String.fromCharCode(byte);
          return true;
        }
        if (state === 'name') endName();
        else endWord(byte);
        lastByte = 0;
        return false;
      case 'string':
        string(byte);
        return true;
      case 'angle':
        if (byte === LESS) depth += 1;
        state = byte === LESS || byte === GREATER ? 'body' : 'hex';
        lastByte = 0;
        return true;
      case 'hex':
        if (byte === GREATER) state = 'body';
        return true;
      case 'comment':
        if (byte === CR || byte === LF) state = 'body';
        return true;
      case 'line end':
        if (byte === 32) return true;
        state = byte === CR ? 'line feed' : 'stream';
        return byte === CR || byte === LF;
      case 'line feed':
        state = 'stream';
        return byte === LF;
      case 'stream':
        return false;
    }
  }

  /** Gives the sink what belongs to the stream; answers where the stream ends in the chunk, or its length. */
  function stream(chunk: Buffer, start: number): number {
    const across = (tail + chunk.toString('latin1', start, start + END_OF_STREAM.length - 1)).indexOf(
      END_OF_STREAM,
    );
    const end = across >= 0 ? start + across + END_OF_STREAM.length - tail.length : within(chunk, start);
    if (end < 0) {
      sink?.data(chunk.subarray(start));
      tail = (tail + chunk.toString('latin1', Math.max(start, chunk.length - 8))).slice(-8);
      return chunk.length;
    }
    sink?.data(chunk.subarray(start, Math.max(start, end - END_OF_STREAM.length)));
    sink?.end();
    sink = null;
    names = [];
    lastByte = 0;
    state = 'body';
    return end;
  }

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (state === 'stream') at = stream(chunk, at);
        else if (step(chunk[at]!)) at += 1;
      }
    },
    end: () => sink?.end(),
    inBody: () => state === 'body' || state === 'name' || state === 'word',
  };
}

function within(chunk: Buffer, from: number): number {
  const at = chunk.indexOf(END_OF_STREAM, from, 'latin1');
  return at < 0 ? -1 : at + END_OF_STREAM.length;
}
