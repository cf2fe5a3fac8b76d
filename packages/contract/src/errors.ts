/** Every way a request can be refused: code -> status and the title people see. The code is the stable part. */
export const ERRORS = {
  malformed_json: { status: 400, title: 'The request body is not valid JSON' },
  bad_request: { status: 400, title: 'The request could not be understood' },
  unauthenticated: { status: 401, title: 'Please sign in' },
  invalid_credentials: { status: 401, title: 'E-mail or password is wrong' },
  csrf_failed: { status: 403, title: 'This page is out of date: reload it and try again' },
  forbidden: { status: 403, title: 'You are not allowed to do this' },
  registration_closed: { status: 403, title: 'Registration needs an invitation' },
  setup_token_required: {
    status: 403,
    title: 'The first account needs the set-up token from the server log',
  },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This method is not available here' },
  email_taken: { status: 409, title: 'An account with this e-mail exists' },
  version_conflict: { status: 409, title: 'Somebody changed this record in the meantime' },
  idempotency_conflict: { status: 409, title: 'This Idempotency-Key was used for another request' },
  conflict: { status: 409, title: 'This is not possible in the present state' },
  gone: { status: 410, title: 'This link is no longer valid' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not supported' },
  range_not_satisfiable: { status: 416, title: 'The file has no such range' },
  validation_failed: { status: 422, title: 'Some values are not valid' },
  record_signed: { status: 423, title: 'This record is signed and can no longer be changed' },
  precondition_required: { status: 428, title: 'An If-Match header with the version is required' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  ai_not_configured: { status: 503, title: 'No AI provider is configured' },
  unavailable: { status: 503, title: 'The service is temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;
