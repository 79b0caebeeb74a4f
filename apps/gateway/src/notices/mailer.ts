import { createTransport } from "nodemailer";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** A repeat of the same mail has the same. */
  readonly id: string;
}

/** @throws Error with what the mail server said. */
export type SendMail = (mail: Mail) => Promise<void>;

export interface MailerSettings {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  readonly url: string;
  /** `Payments <payments@example.ch>` */
  readonly from: string;
}

const seconds = 1000;

/** Sends by SMTP, with STARTTLS wherever the server offers it. */
export function createMailer({ url, from }: MailerSettings): SendMail {
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? "localhost";
  const transport = createTransport({
    url,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 20 * seconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text, id }) => {
    const headers = { "Auto-Submitted": "auto-generated" };
    await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>`, headers });
  };
}
