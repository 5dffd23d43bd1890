import { createServer } from 'node:net';
import { Command } from 'commander';
import { type DataDirectory, dataPath, isNew, openDataDirectory } from './data-directory.ts';
import { demonstrate, isInterrupted } from './demo/demonstrate.ts';
import { type Host, startHost } from './host.ts';
import { welcome } from './welcome.ts';

const DEFAULT_PORT = 8787;

const { empty = false, nights } = new Command('npm start --')
  .description(
    'Starts Clientele on this machine. A new data directory is filled with a year of a small retailer.',
  )
  .option('--empty', 'start bare, without the sample year')
  .option('--no-nights', 'run no night and ask no shop by itself: where somebody else decides when')
  .addHelpText(
    'after',
    '\nEnvironment:\n  PORT            port on 127.0.0.1, default 8787\n  CLIENTELE_DATA  data directory, default .clientele',
  )
  .parse()
  .opts<{ empty?: boolean; nights: boolean }>();

const port = portOf(process.env['PORT']);
// Before anything is made: what a start that failed leaves behind would get no sample year at the next one.
await tryPort(port).catch(explain);
const path = dataPath(process.env);
const fresh = isNew(path);
const directory = open(path);
const host = await startHost(directory, { port, nights }).catch(explain);
const stopping = stopOnSignal(host);
try {
  if (!empty && (fresh || (await isInterrupted(host.machine)))) await demonstrate(host, directory, write);
  write(`\n${await welcome(host, directory)}\n`);
} catch (error) {
  // Stopped in the middle of the sample year: the next start goes on with it.
  if (!stopping.aborted) throw error;
}

function write(text: string): void {
  process.stdout.write(text);
}

function open(path: string): DataDirectory {
  try {
    return openDataDirectory(path);
  } catch (error) {
    return explain(error instanceof Error ? error : new Error(String(error)));
  }
}

function tryPort(port: number): Promise<void> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

function portOf(text = String(DEFAULT_PORT)): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  return explain(new Error(`PORT is '${text}'; give a number from 0 to 65535`));
}

function explain(error: Error & { code?: string }): never {
  const reason =
    error.code === 'EADDRINUSE' ? 'The port is taken; choose another: PORT=8788 npm start' : error.message;
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** The answer is aborted from the first signal on. */
function stopOnSignal({ stop }: Host): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      write('\nStopping.\n');
      void stop().then(() => process.exit(0));
    });
  }
  return stopping.signal;
}
