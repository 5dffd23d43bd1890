import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { everyTrace, misspelt, person, tracesIn } from '../support/a-person.ts';
import { countOf } from '../support/count-of.ts';
import { type Host, type Kept, startHost } from '../support/host.ts';

let host: Host;
const LAST_DAY = '2026-03-31';
const at = '2026-03-14T10:15:00+01:00';
const { member, email, phone, ...said } = person;

const enrolment = {
  id: 'enrol-1',
  type: 'member.enrolled',
  occurredAt: '2026-01-05T09:00:00+01:00',
  ids: { member, email, phone },
  data: { ...said, language: 'nl' },
};
const consent = (channel: string) => ({
  id: `consent-${channel}`,
  type: 'consent.changed',
  occurredAt: '2026-01-05T09:01:00+01:00',
  ids: { member },
  data: { channel, status: 'granted' },
});

/** What is refused is kept too, and nobody knows what is in it. */
const refused = [
  { ...enrolment, id: 'refused-1', occurredAt: 'yesterday' },
  { ...enrolment, id: 'refused-2', type: person.email },
  { ...enrolment, id: 'refused-3', data: { ...said, name: 5 } },
  aReceipt({ ids: { email }, data: { currency: 'USD', soldTo: person.name } }),
  person,
  person.name,
];

const SEVERAL = 2;
/** Every one of them must be folded and archived before somebody searches for what they left. */
const good = [
  enrolment,
  consent('email'),
  consent('sms'),
  aReceipt({ at, ids: { phone: misspelt.phone } }),
  aReceipt({ at, ids: { email: misspelt.email } }),
  aReceipt({ at, ids: { member: misspelt.member } }),
];
const NAME = '{{ name | default: "you" }}';

async function comeAndBuy(): Promise<void> {
  expect((await host.send([...good, ...refused])).status).toBe(202);
  await host.eventually(
    () => host.status(),
    ({ facts }) => countOf(facts) === good.length,
  );
  await host.eventually(archivedEvents, (archived) => archived >= good.length);
}

/** What callers get wrong, with her data in their hands. */
async function makeMistakes(): Promise<void> {
  const half = JSON.stringify(enrolment).slice(0, -5);
  expect((await host.send(half)).status).toBe(400);
  expect((await host.send([enrolment], `write_${person.nickname}`)).status).toBe(401);
  expect((await host.ask('POST', '/v1/customers/look-up', half)).status).toBe(400);
  expect((await host.ask('POST', '/v1/customers/look-up', { phone: `${phone}9`, email: 'x' })).status).toBe(
    422,
  );
  expect((await host.ask('POST', '/v1/customers/look-up', { member: `${member}5` })).status).toBe(404);
  const inPath = encodeURIComponent(email.trim());
  expect((await host.ask('GET', `/v1/customers/${inPath}`)).status).toBe(422);
  expect((await host.ask('GET', `/v1/segments/${inPath}?email=${inPath}`)).status).toBe(422);
}

const isOver = async (campaign: string): Promise<boolean> => {
  const { body } = await host.ask('GET', `/v1/campaigns/${campaign}/report`);
  // Where SMS cannot be sent, the shard is tried again and again, and says so.
  return body['status'] === 'done' || (await host.logs()).some((line) => line.includes('not consumed'));
};

async function speakTo(campaign: string, channel: string, body: string): Promise<void> {
  const written = await host.ask('PUT', `/v1/campaigns/${campaign}`, {
    name: campaign,
    channel,
    rule: { everyone: true },
    template: { ...(channel === 'email' ? { subject: `For ${NAME}` } : {}), body },
    holdout: 0,
  });
  expect([written.status, written.body['detail']]).toEqual([200, undefined]);
  expect((await host.ask('POST', `/v1/campaigns/${campaign}/run`)).status).toBe(202);
  await host.eventually(
    () => isOver(campaign),
    (over) => over,
  );
}

const everythingKept = async (): Promise<Kept[]> => {
  const all: Kept[] = [];
  for await (const one of host.kept()) all.push(one);
  return all;
};

/** Lines of files, whose names are told too. */
const isArchived = ({ place, text }: Kept): boolean =>
  place.startsWith('file archive/') && place !== `file ${text}`;

/** Looks at tables and files alone: messages under way that are looked at are hidden from who works on them. */
async function archivedEvents(): Promise<number> {
  let archived = 0;
  for await (const one of host.kept()) {
    if (!/^(?:table|file) /.test(one.place)) break;
    if (isArchived(one)) archived += 1;
  }
  return archived;
}

const placesWithTraces = (all: readonly Kept[]) =>
  all.map(({ place, text }) => ({ place, traces: tracesIn(text) })).filter(({ traces }) => traces.length > 0);

beforeAll(async () => {
  host = await startHost();
  await comeAndBuy();
  await makeMistakes();
  await host.night(LAST_DAY);
  await speakTo('hello', 'email', `<p>Dear ${NAME}</p>{{ unsubscribe }}`);
  await speakTo('hello-too', 'sms', `Dear ${NAME}, {{ unsubscribe }}`);
});
afterAll(() => host.stop());

describe('a customer who came, was refused, was looked up, scored and written to', () => {
  it('is known, and was reached', async () => {
    const { body } = await host.ask('POST', '/v1/customers/look-up', { member });
    const [message] = await host.sent('hello');

    expect(body).toMatchObject({ purchases: { orders: 3 }, score: { asOf: LAST_DAY } });
    expect(message?.to).toBe(email.trim().toLowerCase());
    expect(message?.body).toMatch(/Dear Zoë/);
    const quarantine = (await host.status()).quarantine;
    expect(countOf(quarantine)).toBe(refused.length);
  });

  it('is in no line that the host writes', async () => {
    const lines = await host.logs();

    expect(lines.join('')).not.toBe('');
    expect(lines.filter((line) => tracesIn(line).length > 0)).toEqual([]);
  });

  it('is in nothing that the host keeps, but sealed', async () => {
    const kept = await everythingKept();

    expect(placesWithTraces(kept)).toEqual([]);
    expect(kept.filter(({ place }) => place === 'table vault').length).toBeGreaterThan(SEVERAL);
    expect(kept.filter(isArchived).length).toBeGreaterThan(SEVERAL);
  });

  it('would have been found, had she been anywhere', async () => {
    const text = JSON.stringify(person);
    const { places, logs } = await host.plant(text);

    const found = placesWithTraces(await everythingKept());
    const lines = await host.logs();

    const traces = expect.arrayContaining([...everyTrace]);
    for (const place of places) expect(found).toContainEqual({ place, traces });
    for (const log of logs)
      expect(tracesIn(lines.filter((line) => line.startsWith(log)).join('\n'))).toEqual(everyTrace);
    for (const spelling of [encodeURIComponent(text), Buffer.from(text).toString('base64')])
      expect(tracesIn(spelling)).toEqual(everyTrace);
  });
});
