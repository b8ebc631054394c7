import { type HyperparameterKey, PlaytrainError } from '../../contract';
import { lessonTexts } from '../../texts/lessons';
import { lockTexts } from '../../texts/lock';
import type { LockIntent } from '../../ui/settings/lock-state';
import { type AppFeature, type IntentHandler, type IntentHandlers, now } from '../feature';
import type { PageStore } from '../shell/page-store';

/** Settings that nobody changes, such as in a class: by a link, or by a button. */
export function lockFeature(store: PageStore): AppFeature {
  const intents: IntentHandlers<LockIntent> = {
    lockSettings: now(({ on }) => store.patch({ settingsLocked: on })),
  };
  return { intents };
}

/** The feature, in which settings are not changed as long as they are locked: keys, notices and charts ask for it, too. */
export function whileUnlocked(store: PageStore, feature: AppFeature): AppFeature {
  const guarded = <Asked>({ when, act }: IntentHandler<Asked>): IntentHandler<Asked> => ({
    when,
    act: (intent, signal) => {
      const { settingsLocked, lessons } = store.state;
      if (settingsLocked) throw new PlaytrainError('bad-settings', lockTexts.refused);
      const kept = [...(lessons.visit?.fixed ?? []), ...(lessons.visit?.hidden ?? [])];
      if (kept.some((key) => changes(intent, key)))
        throw new PlaytrainError('bad-settings', lessonTexts.refused);
      return act(intent, signal);
    },
  });
  const { settings, undo, redo, beginPatched, backPatched } = feature.intents;
  const locked = {
    ...(settings && { settings: guarded(settings) }),
    ...(undo && { undo: guarded(undo) }),
    ...(redo && { redo: guarded(redo) }),
    ...(beginPatched && { beginPatched: guarded(beginPatched) }),
    ...(backPatched && { backPatched: guarded(backPatched) }),
  };
  return { ...feature, intents: { ...feature.intents, ...locked } };
}

/** Whether an intent carries a patch that names the setting. */
function changes(intent: unknown, key: HyperparameterKey): boolean {
  if (typeof intent !== 'object' || intent === null || !('patch' in intent)) return false;
  return typeof intent.patch === 'object' && intent.patch !== null && key in intent.patch;
}
