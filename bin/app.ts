import { clienteleApp } from '../lib/app.ts';
import { stages } from '../lib/stages.ts';

clienteleApp(stages).synth();
