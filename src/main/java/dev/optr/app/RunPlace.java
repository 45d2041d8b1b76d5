package dev.optr.app;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a run keeps and says things.
 *
 * @param state what was paid for is kept here until it is anchored
 * @param temporary what candidates need while they are examined
 * @param warnings hears what a person should mend
 */
record RunPlace(Path state, Path temporary, Progress progress, Consumer<String> warnings) {}
