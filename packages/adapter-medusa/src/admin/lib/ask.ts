import { useCallback, useEffect, useState } from "react";
import { findTexts, type Texts } from "./texts.ts";

/** Put in by Medusa's bundler: where the server is, when it is not where the admin is. */
declare const __BACKEND_URL__: string | undefined;

const server = typeof __BACKEND_URL__ === "string" && __BACKEND_URL__ !== "/" ? __BACKEND_URL__ : "";

/** The language that was chosen in the admin, or the browser's. */
export function readLanguage(): string {
  return localStorage.getItem("lng") ?? navigator.language;
}

export function readTexts(): Texts {
  return findTexts(readLanguage());
}

/** Where this path of our routes is. */
export function toUrl(path: string): string {
  return `${server}/admin/postfinance-checkout${path}`;
}

/** @throws Error with the server's message. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(toUrl(path), {
    credentials: "include",
    ...(body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(answer.message ?? `${response.status}`);
  return answer;
}

export type Asked<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "there"; readonly value: T };

/** What the server says at this path, and a way to ask again. */
export function useAnswer<T>(path: string): readonly [Asked<T>, () => Promise<void>] {
  const [asked, setAsked] = useState<Asked<T>>({ kind: "loading" });
  const load = useCallback(async () => {
    try {
      setAsked({ kind: "there", value: await ask<T>(`${path}?language=${readLanguage()}`) });
    } catch (error) {
      setAsked({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  }, [path]);
  useEffect(() => void load(), [load]);
  return [asked, load];
}
