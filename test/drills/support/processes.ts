import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** From Linux: a line per connection, with the inode of the socket that its processes hold open. */
const connections = () =>
  ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [, local = '', remote = '', state, , , , , , inode = ''] = line.trim().split(/\s+/);
        return { localPort: portOf(local), remotePort: portOf(remote), listens: state === '0A', inode };
      }),
  );

const portOf = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16);

const pidsHolding = (inode: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => socketsOf(pid).includes(`socket:[${inode}]`))
    .map(Number);

/** Processes and their files come and go while we look. */
function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

const parentOf = (pid: number): number =>
  Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

function isBelow(pid: number, ancestors: readonly number[]): boolean {
  for (let parent = parentOf(pid); parent > 1; parent = parentOf(parent))
    if (ancestors.includes(parent)) return true;
  return false;
}

/**
 * Ends the process at the other end of a connection, as a machine that fails does. Only a process below the
 * one that listens at `emulator`: anything else is not ours to end.
 */
export function killCaller(
  { port }: { readonly port: number },
  at: { readonly port: number },
  emulator: string,
): number {
  const all = connections();
  const listeners = all
    .filter(({ listens, localPort }) => listens && localPort === Number(new URL(emulator).port))
    .flatMap(({ inode }) => pidsHolding(inode));
  const [pid] = all
    .filter(({ localPort, remotePort }) => localPort === port && remotePort === at.port)
    .flatMap(({ inode }) => pidsHolding(inode));
  if (pid === undefined || !isBelow(pid, listeners)) {
    throw new Error(`No process of the emulator at ${emulator} has the connection from port ${port}`);
  }
  process.kill(pid, 'SIGKILL');
  return pid;
}
