import { bounds } from './bounds.ts';
import { encryption } from './encryption.ts';
import { entrances } from './entrances.ts';
import { functionPromises } from './functions.ts';
import { logging } from './logs.ts';
import { nightPromises } from './night.ts';
import { partitionPromises } from './partition.ts';
import type { TemplatePromise } from './promise.ts';
import { queues } from './queues.ts';
import { rights } from './rights.ts';
import { roles } from './roles.ts';
import { routes } from './routes.ts';
import { state } from './state.ts';
import { tags } from './tags.ts';
import { targets } from './targets.ts';
import { watching } from './watch.ts';

/** Everything that is promised of the templates, by what it is about. */
export const promises: Readonly<Record<string, readonly TemplatePromise[]>> = {
  'least privilege': rights,
  roles,
  'who may come in, and how': entrances,
  'at rest': encryption,
  'what is kept': state,
  logs: logging,
  queues,
  'rules and schedules': targets,
  'how much at once': bounds,
  routes: routes,
  functions: functionPromises,
  'the night': nightPromises,
  alarms: watching,
  'the partition': partitionPromises,
  cost: tags,
};
