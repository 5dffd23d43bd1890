/** Somebody who exists here alone, so that any trace of her is a trace of her. */
export const person = {
  name: "Zoë van Averdonck-O'Neill",
  nickname: 'Zoetje7734',
  birthday: '1981-11-23',
  member: 'M-990451773',
  email: ' Zoe.Averdonck+Shop@Example.ORG',
  phone: '06-5550 1234',
  address: { street: 'Keizersgracht 51273-C', postcode: '1017 ZQ', city: 'Amsterdam' },
};

/** The same, written by people in a hurry. */
export const misspelt = {
  email: 'ZOE.AVERDONCK+SHOP@EXAMPLE.ORG ',
  phone: '+31 (0)6 5550-1234',
  member: 'm -990451773 ',
};

/** What gives her away, however it is written. */
const traces: Readonly<Record<string, RegExp>> = {
  'first name': /Zoë|Zoe\./iu,
  'last name': /Averdonck|O(?:'|&#?\w+;|\\u0027|\\+')Neill/iu,
  nickname: /Zoetje7734/iu,
  birthday: /1981-11-23|23-11-1981|19811123/u,
  'member number': /990451773/u,
  phone: /6[\s().-]*5[\s().-]*5[\s().-]*5[\s().-]*0[\s().-]*1[\s().-]*2[\s().-]*3[\s().-]*4/u,
  street: /Keizersgracht|51273-C/iu,
  postcode: /1017\s*ZQ/iu,
};

/** Which traces of her a text holds: in clear, percent-encoded, escaped as JSON does, or in base64. */
export function tracesIn(text: string): readonly string[] {
  const spelt = [text, unescaped(text), ...[...text.matchAll(BASE64)].map(([word]) => decoded(word))].join(
    '\n',
  );
  return Object.entries(traces).flatMap(([name, pattern]) => (pattern.test(spelt) ? [name] : []));
}

export const everyTrace: readonly string[] = Object.keys(traces);

const BASE64 = /[\w+/-]{16,}={0,2}/g;

const decoded = (word: string): string => Buffer.from(word, 'base64').toString();

/** %40 and \u0040 → @ */
const unescaped = (text: string): string => {
  const bytes = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  );
  return bytes.replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
};
