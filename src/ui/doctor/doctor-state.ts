import type { Finding, SettingsPatch } from '../../contract';

/** About what the doctor found in the run in front. */
export interface DoctorIntent {
  /** Another run begins with these settings laid over this one's; or this one goes back to its best, and on with them. */
  readonly kind: 'beginPatched' | 'backPatched';
  readonly patch: SettingsPatch;
}

declare module '../shell/page-state' {
  interface FeatureState {
    /** What the doctor found in the run in front, the most harmful first. */
    readonly findings: readonly Finding[];
  }
  interface FeatureIntents {
    readonly doctor: DoctorIntent;
  }
}
