import { html } from "hono/html";
import type { Html } from "../console/page.ts";
import { frame, type Reader } from "./frame.ts";

/** `to`: what is shown then. */
export function toSignInPage(reader: Reader, fault: string | null, to: string): Html {
  const { say } = reader;
  const described = fault === null ? "hint" : "fault hint";
  return frame(
    reader,
    say.signIn.heading,
    html`<section>
      <form method="post" action="/manage/sign-in">
        <input type="hidden" name="to" value="${to}" />
        <p class="field">
          <label for="secret">${say.signIn.label}</label>
          <input
            id="secret"
            name="secret"
            type="password"
            autocomplete="current-password"
            required
            autofocus
            aria-describedby="${described}"
            ${fault === null ? "" : html`aria-invalid="true"`}
          />
          ${fault === null ? "" : html`<span id="fault" class="fault" role="alert">${fault}</span>`}
          <small id="hint">${say.signIn.hint}</small>
        </p>
        <button>${say.signIn.button}</button>
      </form>
    </section>`,
  );
}
