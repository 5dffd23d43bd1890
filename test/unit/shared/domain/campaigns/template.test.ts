import { describe, expect, it } from 'vitest';
import {
  attempt,
  compileTemplate,
  render,
  variablesIn,
} from '../../../../../shared/domain/campaigns/template.ts';
import type { TemplateVariables } from '../../../../../shared/domain/campaigns/variables.ts';

const ada: TemplateVariables = {
  name: 'Ada <b>Vermeer</b> & sons',
  language: 'nl',
  lifecycle: 'loyal',
  tier: undefined,
  spent: '1,234.50 EUR',
  orders: 12,
  unsubscribe: 'https://shop.example/u?a=1&b=2',
};

const written = (text: string, format: 'html' | 'text' = 'text'): string =>
  render(compileTemplate(text, format), ada);

/** The refusal of a template, at reading or at writing. */
const failing = (text: string) => () => written(text);
const invalid = (message: string) =>
  expect.objectContaining({ code: 'invalid-template', path: '', message: expect.stringContaining(message) });

describe('a template', () => {
  it('says what it knows of the customer', () => {
    expect(written('{{ orders }} orders, {{ spent }}{% if orders > 10 %}!{% endif %}')).toBe(
      '12 orders, 1,234.50 EUR!',
    );
  });

  it('of HTML lets no name bring markup along', () => {
    expect(written('<p>{{ name }} <a href="{{ unsubscribe }}">', 'html')).toBe(
      '<p>Ada &lt;b&gt;Vermeer&lt;/b&gt; &amp; sons <a href="https://shop.example/u?a=1&amp;b=2">',
    );
  });

  it('of text leaves names as they are', () => {
    expect(written('{{ name }}')).toBe('Ada <b>Vermeer</b> & sons');
  });

  it('writes nothing, or the default, where a customer has no value', () => {
    expect(written("[{{ tier }}][{{ tier | default: 'base' }}]")).toBe('[][base]');
    expect(written('[{{ tier }}]', 'html')).toBe('[]');
  });

  it('refuses to write nothing when it is strict', () => {
    const template = compileTemplate('a\n{{ tier }}');

    expect(() => render(template, ada, { strict: true })).toThrow(
      invalid('line 2: undefined variable: tier'),
    );
  });

  it('writes lists as Liquid does', () => {
    expect(written("{{ 'a,b' | split: ',' }}{% assign none = '' | split: ',' %}[{{ none }}]")).toBe('ab[]');
  });

  it('changes nothing of what it was given, and remembers nothing', () => {
    const template = compileTemplate('{% increment orders %}{% assign spent = 1 %}{% increment visits %}');

    expect([render(template, ada), render(template, ada)]).toEqual(['120', '120']);
    expect(ada).toMatchObject({ orders: 12, spent: '1,234.50 EUR' });
  });

  it('names the variables that it reads, also where it never comes', () => {
    const template = compileTemplate(
      '{% assign x = 1 %}\n{{ x }}{% if false %}{{ nmae | upcase }}{% endif %}\n{{ name.first }}',
    );

    expect(variablesIn(template)).toEqual([
      { name: 'nmae', line: 2 },
      { name: 'name', line: 3 },
    ]);
  });
});

describe('an attempt with a template', () => {
  it('answers, or says why the template refuses', () => {
    expect(attempt(() => written('{{ orders }}'))).toEqual({ value: '12' });
    expect(attempt(() => written('{% foo %}'))).toEqual({ refusal: 'line 1: tag "foo" not found' });
  });

  it('hides no fault of ours', () => {
    const ours = new TypeError('ours');

    expect(() =>
      attempt(() => {
        throw ours;
      }),
    ).toThrow(ours);
  });
});

describe('a template of a stranger', () => {
  it.each([
    ['a file', '{% include "/etc/passwd" %}', 'tag "include" not found'],
    ['a file as a part', '{% render "../x" %}', 'tag "render" not found'],
    ['a layout', '{% layout "x" %}', 'tag "layout" not found'],
    ['the clock', "{{ 'now' | date: '%s' }}", 'undefined filter: date'],
    ['chance', "{{ 'a,b' | split: ',' | sample }}", 'undefined filter: sample'],
    ['a long template', ' '.repeat(100_001), 'parse length limit exceeded'],
    ['a huge range', '{% for i in (1..100000000) %}{{ i }}{% endfor %}', 'memory alloc limit exceeded'],
    [
      'loops in loops',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}',
      'limit exceeded',
    ],
    [
      'a text that doubles',
      "{% assign a = 'aaaaaaaa' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}",
      'memory alloc limit exceeded',
    ],
    [
      'a capture that doubles',
      '{% capture a %}aaaaaaaa{% endcapture %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}',
      'memory alloc limit exceeded',
    ],
    [
      'a long output',
      `{% for i in (1..1000) %}${'x'.repeat(2_000)}{% endfor %}`,
      'memory alloc limit exceeded',
    ],
  ])('gets nothing by %s', (_what, text, message) => {
    expect(failing(text)).toThrow(invalid(message));
  });

  it('sees none of what every JavaScript object has', () => {
    expect(written('[{{ constructor }}][{{ name.constructor }}][{{ __proto__ }}][{{ toString }}]')).toBe(
      '[][][][]',
    );
  });
});
