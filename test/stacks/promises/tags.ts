import { stackParts } from '../../../shared/contracts/deployed.ts';
import { type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, type TemplatePromise } from './promise.ts';

/** Takes tags in the partition of the stage. */
const isTaggable = ({ type, tagProperty }: Resource, { written }: Synthesised): boolean =>
  tagProperty !== undefined &&
  !(written.partition === 'aws-cn' && type === 'AWS::Lambda::EventSourceMapping');

/** Tags as a record, whether the template writes a list or a record. */
function tagsOf({ type, properties, tagProperty = '' }: Resource): Readonly<Record<string, string>> {
  const tags = type === 'AWS::DynamoDB::GlobalTable' ? properties.Replicas[0].Tags : properties[tagProperty];
  return Array.isArray(tags)
    ? Object.fromEntries(tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]))
    : (tags ?? {});
}

const partOf = ({ stack }: Resource): string => stackParts.find((part) => stack.endsWith(`-${part}`)) ?? '';

export const tags: readonly TemplatePromise[] = [
  {
    name: 'whatever takes tags says whose cost it is: the product, the stage, the part of it',
    complaints: (stage) =>
      stage.resources.flatMap((resource) => {
        if (!isTaggable(resource, stage) && resource.type !== 'AWS::DynamoDB::GlobalTable') return [];
        const found = tagsOf(resource);
        const expected = { product: 'clientele', stage: stage.name, part: partOf(resource) };
        return Object.entries(expected)
          .filter(([name, value]) => found[name] !== value)
          .map(([name, value]) => `${titleOf(resource)} is not tagged ${name}: ${value}`);
      }),
    breaches: {
      'a queue without tags': changed('AWS::SQS::Queue', ({ properties }) => {
        delete properties.Tags;
      }),
      'a table of another stage': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        for (const tag of properties.Replicas[0].Tags) tag.Value = 'another';
      }),
      'an API of no part': changed('AWS::ApiGatewayV2::Api', ({ properties }) => {
        delete properties.Tags.part;
      }),
    },
  },
];
