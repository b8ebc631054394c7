import type { HyperparameterGroup, HyperparameterKey, RunId } from '../../contract';
import type { PageState } from '../shell/page-state';
import { basicSettings, settingsToShow } from './basic-settings';
import { type Control, isFound } from './controls';

/** Controls under the heading of their group. */
export type ControlGroup = readonly [HyperparameterGroup, readonly Control[]];

/** Which settings the form shows: what somebody looks for; else the basic ones and those that were opened, or all. */
export class ShownSettings {
  private looksFor = '';
  /** Shown though they are no basic ones. */
  private opened: ReadonlySet<HyperparameterKey> = new Set();
  private openedOf: RunId | null = null;

  /** What somebody looks for; empty where they look for nothing. */
  get query(): string {
    return this.looksFor;
  }

  find(query: string): void {
    this.looksFor = query.trimStart();
  }

  open(keys: readonly HyperparameterKey[]): void {
    this.opened = new Set([...this.opened, ...keys]);
  }

  /** Another run opens with those of its settings that are to be seen. */
  follow({
    front,
    hyperparameters,
    presets,
  }: Pick<PageState, 'front' | 'hyperparameters' | 'presets'>): void {
    if (this.openedOf === front) return;
    this.openedOf = front;
    this.opened = new Set(settingsToShow(hyperparameters, presets));
  }

  /** The groups with those of their controls that are shown; none is empty. */
  of(groups: readonly ControlGroup[], allSettings: boolean): readonly ControlGroup[] {
    return groups
      .map(
        ([group, controls]): ControlGroup => [
          group,
          controls.filter((control) => this.isShown(control, allSettings)),
        ],
      )
      .filter(([, controls]) => controls.length > 0);
  }

  isShown(control: Control, allSettings: boolean): boolean {
    if (this.looksFor !== '') return isFound(control, this.looksFor);
    const { key } = control.field;
    return allSettings || basicSettings.has(key) || this.opened.has(key);
  }
}
