import type { Integration } from "@checkout-plugins/core";

/** What the merchant may choose, on /merchant. */
export interface Settings {
  /** How the buyer meets the payment: on its own page, over ours, or within ours. */
  readonly integration: Integration;
  /** Take the money at once, or only reserve it and take it when the parcel leaves. */
  readonly completion: "immediate" | "deferred";
}

export const integrations: readonly Integration[] = ["page", "lightbox", "iframe"];
export const completions: readonly Settings["completion"][] = ["immediate", "deferred"];

export interface SettingsStore {
  read(): Settings;
  save(settings: Settings): void;
}

export function createSettings(initial: Settings): SettingsStore {
  let settings = initial;
  return {
    read: () => settings,
    save: (changed) => {
      settings = changed;
    },
  };
}
