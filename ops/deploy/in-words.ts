import type { Loss } from './losses.ts';

const LONGEST = 120;

/** What would be lost, why, and the ways out. */
export function lossInWords({ id, type, fate, loses, properties, successor }: Loss): string {
  const because = properties.map(({ name }) => name).join(', ');
  return [
    `${id} (${type}) would be ${fate}${because === '' ? '' : ` because of ${because}`}, and with it ${loses}.`,
    ...properties.map(({ name, was }) => `  Write ${name} as it was: ${short(was)}`),
    ...(fate === 'deleted' || fate === 'left behind' ? [`  ${comeBack(successor)}`] : []),
    `  If it is meant: save first what it holds, then add --give-up ${id}`,
  ].join('\n');
}

const comeBack = (successor: string | undefined): string =>
  successor === undefined
    ? 'Put its construct back.'
    : `New is ${successor}: if the construct was renamed or moved, give it back its old id and place.`;

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'left out';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
