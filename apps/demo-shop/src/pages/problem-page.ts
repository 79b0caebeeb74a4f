import { html } from "hono/html";
import { type Html, layout, type View } from "./layout.ts";

export type Problem = "notFound" | "broken" | "forbidden";

/** Says what went wrong and leads on. */
export function problemPage(view: View, problem: Problem): Html {
  const { text, assets } = view;
  const title = text[`${problem}Title`];
  const body = html`<div class="wrap centre">
  <img src="${assets.address("pictures/lost.svg")}" alt="" width="320" height="240">
  <h1>${title}</h1>
  <p>${text[`${problem}Text`]}</p>
  <a class="button" href="/">${text.toProducts}</a>
</div>`;
  return layout(view, { title, body });
}
