import { describe, expect, it } from 'vitest';
import { type Capability, capabilities, has, isPartition } from '../../../lib/partitions.ts';
import type { Synthesised } from '../synthesised.ts';

/** Words that betray a capability outside of resource types: rights, endpoints, switches. */
const traces: Readonly<Record<Capability, readonly RegExp[]>> = {
  ses: [/"ses:/, /AWS\/SES/],
  sms: [/"sms-voice:/],
  cognito: [/cognito/i],
  tracing: [/"xray:/, /TracingConfig/],
};

export const describePartition = (stage: Synthesised): void => {
  describe(`${stage.name} in ${stage.partition}`, () => {
    const { partition } = stage;
    if (!isPartition(partition)) throw new Error(`${partition} is unknown`);
    const all = Object.keys(capabilities) as Capability[];
    const uses = (capability: Capability): boolean =>
      stage.resources.some(({ type }) =>
        capabilities[capability].some((prefix) => type.startsWith(prefix)),
      ) || traces[capability].some((trace) => trace.test(stage.text));

    it('uses nothing that the partition lacks', () => {
      expect(all.filter((capability) => uses(capability) && !has(partition, capability))).toEqual([]);
    });

    it('uses what the partition has, where it was asked for', () => {
      const expected = stage.name === 'europe' ? all : [];

      expect(all.filter(uses)).toEqual(expected);
    });

    it('spells its own partition in every ARN', () => {
      const spelt = new Set([...stage.text.matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name));

      expect([...spelt]).toEqual([partition]);
    });
  });
};
