import { readSettings, type Setting } from '../../shared/contracts/settings.ts';

/** One setting of this function; MissingSettings where it was deployed without. */
export const setting = (name: Setting): string => readSettings([name], process.env)[name];
