import type { Texts } from "../language.ts";
import type { CallTarget } from "./call-targets.ts";

/** As it is kept: all languages. */
export interface ExplanationTexts {
  readonly happened: Texts;
  readonly todo: Texts;
  readonly call: CallTarget;
}

/** As it is read: one language. */
export interface Explanation {
  readonly whatHappened: string;
  readonly whatToDo: string;
  readonly whomToCall: string;
  /** `acceptancePartner`: `whomToCall({ method, brand, channel })` names him. */
  readonly call: CallTarget;
}
