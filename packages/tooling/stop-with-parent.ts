// Loaded before a program that `startProgram` starts: if its parent vanishes without a word, the program ends too.
process.once("disconnect", () => process.exit(0));
process.channel?.unref(); // but the channel alone keeps no program running
