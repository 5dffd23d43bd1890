import { describe, expect, it } from 'vitest';
import { withAttributes } from '../../../../../shared/application/http/binary-event.ts';

const through = (text: string, headers: Readonly<Record<string, string>>) =>
  withAttributes(text, (name) => headers[name]);

describe('attributes in headers', () => {
  it('come to stand around the data, as they do in the JSON form', () => {
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'A234',
      'ce-source': '/tills/%C3%A9',
      'ce-type': 'page.viewed',
      'ce-time': '2026-03-14T10:15:00Z',
      'ce-unknown': 'x',
      'content-type': 'application/json',
    };

    expect(JSON.parse(through('{"path":"/sale"}', headers))).toEqual({
      specversion: '1.0',
      id: 'A234',
      source: '/tills/é',
      type: 'page.viewed',
      time: '2026-03-14T10:15:00Z',
      datacontenttype: 'application/json',
      data: { path: '/sale' },
    });
  });

  it('are taken as they stand where they are not encoded well', () => {
    expect(JSON.parse(through('{}', { 'ce-specversion': '1.0', 'ce-id': '100%' }))).toMatchObject({
      id: '100%',
    });
  });

  it('change nothing where there are none', () => {
    expect(through('no JSON', { 'ce-id': '1' })).toBe('no JSON');
  });

  it('are refused beside a signature, which does not cover them', () => {
    const signed = {
      'ce-specversion': '1.0',
      authorization: 'clientele-hmac-sha256 key=a, time=1, signature=b',
    };

    expect(() => through('{}', signed)).toThrow(
      expect.objectContaining({ code: 'headers-not-signed', path: 'ce-specversion' }),
    );
    expect(through('{}', { authorization: signed.authorization })).toBe('{}');
  });

  it('need JSON to stand around', () => {
    expect(() => through('{', { 'ce-specversion': '1.0' })).toThrow(
      expect.objectContaining({ code: 'malformed-json' }),
    );
  });
});
