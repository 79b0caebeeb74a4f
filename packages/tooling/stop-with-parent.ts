// Loaded before a program that `startProgram` starts: if its parent vanishes without a word, the program ends too.
process.once("disconnect", () => process.exit()); // with the exit code that the program has set, if it left by itself
process.channel?.unref(); // the channel alone keeps no program running
