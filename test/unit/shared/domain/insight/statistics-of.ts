import {
  type NightStatistics,
  noStatistics,
  type Observation,
  observe,
  SAMPLE_SIZE,
} from '../../../../../shared/domain/insight/night-statistics.ts';
import { TODAY } from './synthetic.ts';

/** What one shard knows after meeting these customers today. */
export const statisticsOf = (observations: readonly Observation[], size = SAMPLE_SIZE): NightStatistics =>
  observations.reduce(
    (statistics, observation) => observe(statistics, observation, TODAY),
    noStatistics(size),
  );
