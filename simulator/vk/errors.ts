/** Messages of the network's errors by code, as its schema words them. */
const messages: Readonly<Record<number, string>> = {
  1: 'Unknown error occurred',
  2: 'Application is disabled. Enable your application or use test mode',
  3: 'Unknown method passed',
  5: 'User authorization failed',
  6: 'Too many requests per second',
  7: 'Permission to perform this action is denied',
  8: 'Invalid request',
  9: 'Flood control',
  10: 'Internal server error',
  11: 'In test mode application should be disabled or user should be authorized',
  12: 'Unable to compile code',
  13: 'Runtime error occurred during code invocation',
  14: 'Captcha needed',
  15: 'Access denied',
  17: 'Validation required',
  18: 'User was deleted or banned',
  19: 'Content blocked',
  23: 'This method was disabled',
  24: 'Confirmation required',
  25: 'Token confirmation required',
  27: 'Group authorization failed',
  28: 'Application authorization failed',
  29: 'Rate limit reached',
  30: 'This profile is private',
  34: 'Client version deprecated',
  36: 'Method execution was interrupted due to timeout',
  37: 'User was banned',
  40: 'Unknown group',
  42: 'IP is not allowed',
  43: 'This section is temporary unavailable',
  100: 'One of the parameters specified was missing or invalid',
  104: 'Not found',
  113: 'Invalid user id',
  125: 'Invalid group id',
  203: 'Access to group denied',
  210: "Access to wall's post denied",
  1051: 'Method is unavailable with current profile type',
  1114: 'Anonymous token has expired',
  1116: 'Anonymous token is invalid',
  1117: 'Access token has expired',
  3300: 'Recaptcha needed',
  3609: 'Token extension required',
  3610: 'User is deactivated',
};

/** An answer that the network gives instead of the wanted one. */
export class VkRefusal extends Error {
  override readonly name = 'VkRefusal';
  readonly code: number;
  /** What stands beside the code in the envelope, e.g. `captcha_sid`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: number, detail = '', extra: Readonly<Record<string, unknown>> = {}) {
    const message = messages[code] ?? 'Unknown error occurred';
    super(detail === '' ? message : `${message}: ${detail}`);
    this.code = code;
    this.extra = extra;
  }
}

/** A refusal by its code alone, with the fields the network adds to it. */
export function refusalOf(code: number): VkRefusal {
  if (code === 14) {
    return new VkRefusal(14, '', {
      captcha_sid: '548747100691',
      captcha_img: 'https://example.org/captcha.php?sid=548747100691&s=1',
    });
  }
  if (code === 17) {
    return new VkRefusal(17, 'please open redirect_uri in browser', {
      redirect_uri: 'https://example.org/activation?act=validate',
    });
  }
  return new VkRefusal(code);
}

/** The error envelope, with the request's parameters (never the token) as the network repeats them. */
export function errorEnvelope(
  refusal: VkRefusal,
  method: string,
  parameters: ReadonlyMap<string, string>,
): object {
  return {
    error: {
      error_code: refusal.code,
      error_msg: refusal.message,
      ...refusal.extra,
      request_params: [
        { key: 'oauth', value: '1' },
        { key: 'method', value: method },
        ...[...parameters].filter(([key]) => key !== 'access_token').map(([key, value]) => ({ key, value })),
      ],
    },
  };
}
