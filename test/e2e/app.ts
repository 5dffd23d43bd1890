import { clienteleApp } from '../../lib/app.ts';
import { e2eStage } from './stage.ts';

clienteleApp([e2eStage()]).synth();
