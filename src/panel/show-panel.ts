import type Phaser from 'phaser';
import { type GameAbout, loadModule, PlaytrainError } from '../contract';
import type { AgentDefinition } from '../phaser/agent-definition';
import { gatherAssets } from '../phaser/assets/gather-assets';
import { type LiveSettings, livePresets } from '../phaser/live-settings';
import { aFunction, anObject, checkOptions, type OptionRules, optional } from '../phaser/options';
import { VisibleGame } from '../phaser/visible-game';
import type { WorkerFactory } from '../workers/worker-factory';
import { panelAbout } from './panel-about';
import type { PanelDoor } from './panel-host';

export interface PanelOptions {
  /** What the panel fills: some 400 px wide, and as high as there is room. */
  readonly parent: HTMLElement;
  /** A worker whose file calls `serveTwin` with the game and the agent. */
  readonly twin: (name: string) => Worker;
  /** Settings that differ from those for live games. */
  readonly settings?: LiveSettings;
  /** What the panel tells of the game under “About”. */
  readonly about?: Partial<GameAbout>;
  /** As in `learn`. */
  readonly workers?: Partial<Pick<WorkerFactory, 'actor' | 'learner'>>;
}

/** A panel that is there. */
export interface ShownPanel {
  /** Ends learning and takes the panel away; the game goes on by itself. */
  dispose(): void;
}

const rules: OptionRules<PanelOptions> = {
  parent: anObject,
  twin: aFunction,
  settings: optional(anObject),
  about: optional(anObject),
  workers: optional(anObject),
};

/**
 * Lets an agent learn somebody's game, as `learn` does, with the whole panel beside it: charts, settings, runs that are
 * kept in this browser. It stands in a frame of its own, so that neither page's styles and keys reach the other's.
 *
 * @returns once the panel is there. @throws PlaytrainError `bad-environment` where the game has no such scene or `parent`
 * is not on the page, and for options that there are not; `bad-settings` for such settings; `not-loaded` where the panel
 * does not come. The game goes on by itself then.
 */
export async function showPanel<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  options: PanelOptions,
): Promise<ShownPanel> {
  checkOptions('showPanel', options, rules);
  const { parent, twin, settings, about, workers = {} } = options;
  const presets = livePresets(definition, settings);
  const { default: html } = await loadModule('The panel', () => import('virtual:panel-page'));
  // A frame that is nowhere would never load.
  if (!parent.isConnected) {
    throw new PlaytrainError(
      'bad-environment',
      'The `parent` of showPanel is not on the page; append it to the document before.',
    );
  }
  // It is handed no scene but this game's.
  const visible = await VisibleGame.of(game, definition as unknown as AgentDefinition<Phaser.Scene>, null);
  const frame = document.createElement('iframe');
  frame.title = 'Playtrain';
  frame.style.cssText = 'border: 0; width: 100%; height: 100%; display: block';
  const takeAway = () => {
    frame.remove();
    visible.close();
  };
  try {
    const door = await openDoor(frame, html, parent);
    const { spec } = visible;
    const end = await door.start({
      workers,
      handed: () => gatherAssets(game),
      game: {
        kind: 'live',
        about: panelAbout(spec, about),
        presets,
        spec,
        visible,
        twin,
      },
    });
    return {
      dispose() {
        end();
        takeAway();
      },
    };
  } catch (error) {
    // The game goes on as though there had been none.
    takeAway();
    throw error;
  }
}

async function openDoor(frame: HTMLIFrameElement, html: string, parent: HTMLElement): Promise<PanelDoor> {
  await new Promise<void>((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true });
    frame.srcdoc = html;
    parent.append(frame);
  });
  const door = frame.contentWindow?.playtrainPanel;
  if (door === undefined) {
    throw new PlaytrainError(
      'not-loaded',
      'The panel’s page did not begin; does a Content-Security-Policy of yours forbid inline scripts?',
    );
  }
  return door;
}
