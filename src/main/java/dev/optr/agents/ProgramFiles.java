package dev.optr.agents;

import dev.optr.process.AllowedEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of this machine's files a confined program is made of, where it does not lie among the
 * system's: its own file, its interpreter, and the npm packages or the Python environment that it
 * belongs to. Never a whole directory that somebody keeps other things in.
 */
final class ProgramFiles {
  private static final Path PACKAGES = Path.of("node_modules");
  private static final String PYTHON_ENVIRONMENT = "pyvenv.cfg";
  private static final int LONGEST_FIRST_LINE = 256;

  /** {@code #!/usr/bin/env [-S] name ...}, or {@code #!/path ...}. */
  private static final Pattern INTERPRETER =
      Pattern.compile("#! */(?:usr/)?bin/env +(?:-S +)?([^\\s=-][^\\s=]*).*|#! *(/\\S+).*");

  private final AllowedEnvironment environment;

  ProgramFiles(AllowedEnvironment environment) {
    this.environment = environment;
  }

  /**
   * What it takes to run a program that lies outside of its working copy.
   *
   * @param program as it is started; nothing is added where it is found nowhere
   */
  List<Path> of(String program) {
    List<Path> files = new ArrayList<>();
    environment.find(program).ifPresent(found -> add(found, files));
    return files;
  }

  private void add(Path program, List<Path> files) {
    if (files.contains(program)) {
      // An interpreter that names itself.
      return;
    }
    try {
      Path file = program.toRealPath();
      files.addAll(List.of(program, file));
      pythonEnvironment(program).ifPresent(files::add);
      npmPackages(file).ifPresent(files::add);
      interpreter(file).flatMap(environment::find).ifPresent(found -> add(found, files));
    } catch (IOException gone) {
      // What was found a moment ago: starting it will say so.
      return;
    }
  }

  /** The directory above {@code bin}, where it says that it is one. */
  private static Optional<Path> pythonEnvironment(Path program) {
    return Optional.ofNullable(program.getParent())
        .map(Path::getParent)
        .filter(above -> Files.isRegularFile(above.resolve(PYTHON_ENVIRONMENT)));
  }

  /** The outermost directory of packages around it, since packages use those beside them. */
  private static Optional<Path> npmPackages(Path file) {
    Optional<Path> outermost = Optional.empty();
    for (Path above = file.getParent(); above != null; above = above.getParent()) {
      if (above.endsWith(PACKAGES)) {
        outermost = Optional.of(above);
      }
    }
    return outermost;
  }

  private static Optional<String> interpreter(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1);
      Matcher line = INTERPRETER.matcher(start.lines().findFirst().orElse(""));
      return line.matches()
          ? Optional.of(line.group(1) == null ? line.group(2) : line.group(1))
          : Optional.empty();
    }
  }
}
