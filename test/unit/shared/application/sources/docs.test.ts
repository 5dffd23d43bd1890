import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { marketSource } from '../../../../builders/a-webhook.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';
import { sourcesOf } from '../../../../support/sources-of.ts';

const page = readFileSync('docs/webhooks.md', 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const [messages, mappings] = [blocks('json'), blocks('jsonata')];

describe('the examples of docs/webhooks.md', () => {
  const china = { country: 'CN', currency: 'CNY', zone: 'Asia/Shanghai' };
  const order = { type: 'sale.recorded', id: 'receipt/china/1/2860000001/1', headers: {} };
  const view = { type: 'product.viewed', id: 'live-7301', headers: { 'X-Event': 'view' } };

  it.each([
    { where: 'in China', stage: china, ...order },
    { where: 'anywhere', stage: {}, ...order },
    { where: 'anywhere', stage: {}, ...view },
  ])('become a $type $where, without a warning', async ({ type, id, headers, stage }) => {
    const { ask } = sourcesOf(memoryMachine(stage));
    const nth = type === 'sale.recorded' ? 0 : 1;
    await ask(
      'putSource',
      { id: 'market' },
      { ...marketSource, store: 'china', headers: ['x-event'], mapping: mappings[nth] },
    );

    const { body } = await ask(
      'previewSource',
      { id: 'market' },
      { body: JSON.parse(messages[nth] ?? ''), headers },
    );

    expect(body.events).toMatchObject([{ status: 'valid', id, warnings: [], event: { type } }]);
  });
});
