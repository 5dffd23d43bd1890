import { clientEnvironment, type Emulator, startEmulator } from './emulator.ts';

/** Whoever answers for AWS while the tests run. */
export interface Place {
  readonly name: string;
  /** Undefined where it is not ours to stop. */
  readonly emulator: Emulator | undefined;
  readonly emulated: boolean;
  /** What is done at once by an emulator may take AWS many times as long. */
  readonly patience: number;
}

const AWS_PATIENCE = 10;

/**
 * An emulator of our own, unless AWS_ENDPOINT_URL names another; `aws` there means an account of AWS. From then
 * on this process and its children speak to that place.
 */
export async function choosePlace(region: string, signal: AbortSignal): Promise<Place> {
  const wanted = process.env['AWS_ENDPOINT_URL'] || undefined;
  if (wanted === 'aws') {
    delete process.env['AWS_ENDPOINT_URL'];
    Object.assign(process.env, { AWS_REGION: region, AWS_DEFAULT_REGION: region });
    return { name: 'AWS', emulator: undefined, emulated: false, patience: AWS_PATIENCE };
  }
  if (wanted !== undefined) await knock(wanted);
  const emulator = wanted === undefined ? await startEmulator({ region, signal }) : undefined;
  const url = emulator?.url ?? wanted ?? '';
  // A profile would be preferred to the credentials that an emulator takes.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
  Object.assign(process.env, clientEnvironment(url, region));
  return { name: url, emulator, emulated: true, patience: 1 };
}

/** Any answer will do. */
async function knock(url: string): Promise<void> {
  await fetch(url).catch((cause: unknown) => {
    throw new Error(`Nobody answers at AWS_ENDPOINT_URL ${url}; leave it out for an emulator of our own`, {
      cause,
    });
  });
}
