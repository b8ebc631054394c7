import { PlaytrainError } from '../../contract';
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
      if (store.state.settingsLocked) throw new PlaytrainError('bad-settings', lockTexts.refused);
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
