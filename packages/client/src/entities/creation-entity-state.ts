export const creationEntityStates = ["CREATE", "ACTIVE", "INACTIVE", "DELETING", "DELETED"] as const;
/** State of what people set up: webhook URLs and listeners, tokens, payment methods, spaces. */
export type CreationEntityState = (typeof creationEntityStates)[number];
