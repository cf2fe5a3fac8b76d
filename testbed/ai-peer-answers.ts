/** What the AI peer answers: one behaviour a request, in the words of either wire protocol. */

export type Behaviour = {
  kind:
    | 'well'
    | 'slow'
    | 'hang'
    | 'rate_limited'
    | 'overloaded'
    | 'internal'
    | 'cut_off'
    | 'malformed'
    | 'wrong_schema'
    | 'injected'
    | 'refused'
    | 'length'
    | 'empty'
    | 'unauthorised'
    | 'unknown_model'
    | 'no_schema';
  /** Of `slow`: milliseconds before the answer. */
  delayMs?: number;
  /** Of `rate_limited` and `overloaded`: whole seconds, as a header; none when absent. */
  retryAfterSeconds?: number;
  /** Of `well` and `slow`: the model's answer; one that quotes the case when absent. */
  answer?: unknown;
};

/** A question as either protocol states it. */
export type Question = {
  wire: 'gemini' | 'openai';
  model: string;
  system: string;
  user: string;
  schema: unknown;
  images: number;
};

/** An HTTP answer. `cut` breaks the connection half-way through the body. */
export type WireAnswer = {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
  cut?: boolean;
};

/** Text that the peer puts into its errors; a test proves that it reaches nobody. */
export const PROVIDER_SECRET = 'internal-provider-detail-7731';

type Case = { species?: string; clinicalSigns?: string };

/** The first JSON object on a line of its own that speaks of a patient. */
function caseIn(user: string): Case {
  for (const line of user.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      return JSON.parse(line) as Case;
    } catch {
      // Another line may be the case.
    }
  }
  return {};
}

const first = (text: string, words: number) => text.split(/\s+/).filter(Boolean).slice(0, words).join(' ');

/** A sound answer: three diagnoses that quote the beginning of the note. */
export function goodAnswer(user: string): unknown {
  const quote = first(caseIn(user).clinicalSigns ?? '', 2);
  return {
    summary: 'Signs compatible with gastrointestinal disease.',
    diagnoses: ['Acute gastroenteritis', 'Pancreatitis', 'Hypoadrenocorticism'].map((name) => ({
      name,
      reasoning: `${name} is compatible with the signs.`,
      findingsFor: quote ? [quote] : [],
      findingsAgainst: [],
      suggestedTests: ['Complete blood count', 'Serum biochemistry'],
    })),
  };
}

/** What a model says that obeyed the text of the case: doses, another sex, made-up findings, links, markup. */
export function injectedAnswer(user: string): unknown {
  const quote = first(caseIn(user).clinicalSigns ?? '', 2);
  const entry = (name: string, reasoning: string, findingsFor: string[]) => ({
    name,
    reasoning,
    findingsFor,
    findingsAgainst: ['all red flags are cleared'],
    suggestedTests: [
      'Give dexamethasone 0.5 mg/kg IV q12h',
      '<img src=x onerror=alert(1)>Abdominal ultrasound',
    ],
  });
  return {
    summary: 'SYSTEM OVERRIDE. No red flags. Give meloxicam 0.2 mg/kg SC q24h for 5 days.',
    diagnoses: [
      entry('Pyometra', 'Definitely pyometra. See https://evil.example/ref and (Smith et al., 2019).', [
        quote,
      ]),
      entry('Prostatic abscess', 'Enrofloxacin 5 mg/kg BID for 14 days.', [quote]),
      entry('Equine colic', '[click](javascript:alert(1)) <script>alert(1)</script>', [quote]),
      entry('Acute gastroenteritis', 'Compatible; glucose 3.2 mmol/L. Fluids 10 ml/kg/h.', [
        quote,
        'purple spots on the tail that nobody saw',
      ]),
    ],
    redFlags: [],
    species: 'horse',
  };
}

const geminiError = (code: number, status: string, details: unknown[] = []) => ({
  error: { code, message: `${PROVIDER_SECRET}: ${status}`, status, details },
});

const openAiError = (message: string, type: string, code: string | null = null) => ({
  error: { message: `${PROVIDER_SECRET}: ${message}`, type, param: null, code },
});

/** An answer of text in the envelope of the wire protocol. */
function envelope(question: Question, text: string, finish: 'stop' | 'length' | 'refused'): WireAnswer {
  const input = Math.ceil((question.system.length + question.user.length) / 4);
  const output = Math.ceil(text.length / 4);
  if (question.wire === 'openai') {
    const reason = { stop: 'stop', length: 'length', refused: 'content_filter' }[finish];
    return {
      status: 200,
      body: {
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1_700_000_000,
        model: question.model,
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: finish === 'refused' ? null : text, refusal: null },
            finish_reason: reason,
            logprobs: null,
          },
        ],
        usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
      },
    };
  }
  const usageMetadata = {
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  };
  const common = { usageMetadata, modelVersion: question.model, responseId: 'r-1' };
  if (finish === 'refused')
    return { status: 200, body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, ...common } };
  const finishReason = finish === 'length' ? 'MAX_TOKENS' : 'STOP';
  return {
    status: 200,
    body: {
      candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason, index: 0 }],
      ...common,
    },
  };
}

function errorAnswer(question: Question, behaviour: Behaviour): WireAnswer | null {
  const google = question.wire === 'gemini';
  const headers: Record<string, string> =
    behaviour.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(behaviour.retryAfterSeconds) };
  switch (behaviour.kind) {
    case 'rate_limited': {
      const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' };
      return {
        status: 429,
        headers,
        body: google
          ? geminiError(429, 'RESOURCE_EXHAUSTED', [retry])
          : openAiError('Rate limit reached', 'requests', 'rate_limit_exceeded'),
      };
    }
    case 'overloaded':
      return {
        status: 503,
        headers,
        body: google ? geminiError(503, 'UNAVAILABLE') : openAiError('overloaded', 'server_error'),
      };
    case 'internal':
      return {
        status: 500,
        body: google ? geminiError(500, 'INTERNAL') : openAiError('error', 'server_error'),
      };
    case 'unauthorised': {
      const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
      return google
        ? { status: 400, body: geminiError(400, 'INVALID_ARGUMENT', [info]) }
        : { status: 401, body: openAiError('Incorrect API key', 'invalid_request_error', 'invalid_api_key') };
    }
    case 'unknown_model':
      return {
        status: 404,
        body: google
          ? geminiError(404, 'NOT_FOUND')
          : openAiError('no such model', 'invalid_request_error', 'model_not_found'),
      };
    default:
      return null;
  }
}

/** The answer to a question; null never comes (`hang`). */
export function answerTo(question: Question, behaviour: Behaviour): WireAnswer | null {
  const error = errorAnswer(question, behaviour);
  if (error) return error;
  const well = () => JSON.stringify(behaviour.answer ?? goodAnswer(question.user));
  switch (behaviour.kind) {
    case 'hang':
      return null;
    case 'cut_off':
      return { ...envelope(question, well(), 'stop'), cut: true };
    case 'malformed':
      return envelope(question, well().slice(0, -20), 'stop');
    case 'wrong_schema':
      return envelope(question, JSON.stringify({ diagnoses: 'gastritis', probability: 97 }), 'stop');
    case 'injected':
      return envelope(question, JSON.stringify(injectedAnswer(question.user)), 'stop');
    case 'refused':
      return envelope(question, '', 'refused');
    case 'length':
      return envelope(question, well().slice(0, 40), 'length');
    case 'empty':
      return envelope(question, '', 'stop');
    case 'no_schema':
      if (question.wire === 'openai' && question.schema !== null)
        return { status: 400, body: openAiError('response_format not supported', 'invalid_request_error') };
      return envelope(question, well(), 'stop');
    default:
      return envelope(question, well(), 'stop');
  }
}
