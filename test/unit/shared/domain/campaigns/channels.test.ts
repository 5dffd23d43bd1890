import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelDefinition } from '../../../../../shared/domain/campaigns/channels/channel.ts';
import { email } from '../../../../../shared/domain/campaigns/channels/email.ts';
import { channels } from '../../../../../shared/domain/campaigns/channels/registry.ts';
import { sms } from '../../../../../shared/domain/campaigns/channels/sms.ts';
import { smsParts } from '../../../../../shared/domain/campaigns/channels/sms-parts.ts';
import { ContactChannel } from '../../../../../shared/domain/events/consent-changed.ts';

describe('the channels', () => {
  it('are those that customers consent to, each with its own consent', () => {
    expect(Object.entries(channels).map(([name, { consent }]) => [name, consent])).toEqual(
      ContactChannel.options.map((name) => [name, name]),
    );
  });

  it('do not compile when one is forgotten, or forgets something', () => {
    // @ts-expect-error sms is missing
    const forgotten: Record<ContactChannel, ChannelDefinition> = { email };
    const { consent: _, ...careless } = sms;
    // @ts-expect-error consent is missing
    const forgetful: ChannelDefinition = careless;

    expect([Object.keys(forgotten), forgetful.name]).toEqual([['email'], 'an SMS']);
  });
});

describe('an e-mail', () => {
  const message = { subject: 'Spring', body: '<p>Hello</p>' };

  it.each([
    [{}, undefined],
    [{ subject: 'x'.repeat(200) }, undefined],
    [{ subject: 'x'.repeat(201) }, 'subject-too-long'],
    [{ subject: ' ' }, 'subject-empty'],
    [{ subject: 'a\r\nBcc: x@example.com' }, 'subject-line-break'],
    [{ subject: 'a\u2028b' }, 'subject-line-break'],
    [{ subject: 'a\u0000b' }, 'subject-line-break'],
    [{ body: '\n' }, 'body-empty'],
    [{ body: 'x'.repeat(100_000) }, undefined],
    [{ body: 'x'.repeat(100_001) }, 'body-too-long'],
  ])('with %j is judged %s', (change, fault) => {
    expect(email.check({ ...message, ...change })).toBe(fault);
  });

  it('without a subject is not sent', () => {
    expect(email.check({ body: 'x' })).toBe('subject-empty');
  });
});

describe('an SMS', () => {
  // Lengths by 3GPP TS 23.038 and 23.040: 160 and 153 septets, 70 and 67 sixteen-bit units.
  it.each([
    ['a', 160, 'GSM-7', 1],
    ['a', 161, 'GSM-7', 2],
    ['a', 306, 'GSM-7', 2],
    ['a', 307, 'GSM-7', 3],
    ['a', 612, 'GSM-7', 4],
    ['a', 613, 'GSM-7', 5],
    ['€', 80, 'GSM-7', 1],
    ['€', 81, 'GSM-7', 2],
    ['€', 152, 'GSM-7', 2], // 76 of two septets fit into 153
    ['€', 153, 'GSM-7', 3],
    ['ж', 70, 'UCS-2', 1],
    ['ж', 71, 'UCS-2', 2],
    ['ж', 134, 'UCS-2', 2],
    ['ж', 135, 'UCS-2', 3],
    ['😀', 35, 'UCS-2', 1],
    ['😀', 36, 'UCS-2', 2],
    ['😀', 66, 'UCS-2', 2], // 33 of two units fit into 67
    ['😀', 67, 'UCS-2', 3],
    ['ç', 1, 'UCS-2', 1], // only the capital is in GSM-7
    ['Ç', 1, 'GSM-7', 1],
    ['`', 1, 'UCS-2', 1],
    ['\u001b', 1, 'UCS-2', 1], // the escape to the extension table is no character
  ])('of %j %d times travels as %s in %d parts', (char, times, encoding, parts) => {
    expect(smsParts(char.repeat(times))).toMatchObject({ encoding, parts });
  });

  it('counts two septets for a character of the extension table', () => {
    expect(smsParts('[5 €]').units).toBe(8);
  });

  it('never gets shorter by one more character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '€', 'ж', '😀'), maxLength: 400 });
    fc.assert(
      fc.property(text, fc.constantFrom('a', '€', 'ж', '😀'), (words, more) => {
        expect(smsParts(words + more).parts).toBeGreaterThanOrEqual(smsParts(words).parts);
      }),
    );
  });

  it.each([
    ['', 'body-empty'],
    [' \n', 'body-empty'],
    ['a'.repeat(612), undefined],
    ['a'.repeat(613), 'too-many-parts'],
    ['ж'.repeat(268), undefined],
    ['ж'.repeat(269), 'too-many-parts'],
  ])('of %j is judged %s', (body, fault) => {
    expect(sms.check({ body })).toBe(fault);
  });
});
