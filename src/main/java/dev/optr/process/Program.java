package dev.optr.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One start of a program.
 *
 * @param arguments the program and its arguments; no shell reads them
 * @param directory where it works
 * @param scratch its home and its place for temporary files
 * @param environment all that it gets; nothing is inherited
 * @param input the file that it reads as standard input, or {@link #NO_INPUT}
 * @param limit when it is ended at the latest
 */
public record Program(
    List<String> arguments,
    Path directory,
    Scratch scratch,
    Map<String, String> environment,
    Path input,
    Duration limit) {
  public static final Path NO_INPUT = Path.of("/dev/null");

  public Program {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
