import { E2E_VARIABLE } from '../support/e2e-target.ts';
import type { Place } from './place.ts';

/** For whoever left the stage standing: how to speak to it, and how to end it. */
export function howToGoOn({ name, emulator, emulated }: Place, folder: string, told: string): string {
  const variables = Object.entries({ ...emulator?.env, [E2E_VARIABLE]: told });
  const end =
    emulator === undefined ? [] : [`kill -- -${emulator.pid} && rm -r ${emulator.folder} ${folder}`];
  return [
    '',
    `The stage stands at ${emulated ? name : 'AWS'}. To speak to it:`,
    ...variables.map(([variable, value]) => `  export ${variable}=${value}`),
    'To walk through it again: npx vitest run --project journeys --project drills',
    ...end.map((line) => `To end it: ${line}`),
    '',
  ].join('\n');
}
