import type { Handlers } from '../../contracts/handler.ts';
import { describe } from '../../domain/segments/explain-rule.ts';
import { readRule } from '../../domain/segments/read-rule.ts';
import type { Rule } from '../../domain/segments/rule.ts';
import type { Segment } from '../../domain/segments/segment.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Table } from '../../ports/table.ts';
import { estimateAudience } from './estimate-size.ts';
import { listSegments, putSegment, readSegment } from './segment-store.ts';

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
}

/** Answers the endpoints under /v1/segments. */
export const segmentsApi = (
  deps: Deps,
): Handlers<'listSegments' | 'getSegment' | 'putSegment' | 'estimateSegment'> => {
  const { table } = deps;
  const estimate = estimateAudience(deps);
  return {
    listSegments: async () => ({ body: { segments: (await listSegments(table)).map(toAnswer) } }),

    getSegment: async ({ params }) => ({ body: toAnswer(await readSegment(table, params.id)) }),

    async putSegment({ params: { id }, body: { name, rule } }) {
      const segment: Segment = { id, name, rule: readRule(rule) };
      await putSegment(table, segment);
      return { body: toAnswer(segment) };
    },

    async estimateSegment({ body }) {
      const rule: Rule = readRule(body.rule);
      return { body: { ...(await estimate(rule)), reads: describe(rule) } };
    },
  };
};

const toAnswer = ({ id, name, rule }: Segment) => ({ id, name, rule: { ...rule }, reads: describe(rule) });
