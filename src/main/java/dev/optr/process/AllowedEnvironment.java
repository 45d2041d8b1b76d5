package dev.optr.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of our own environment a foreign program gets: four variables, two of them its own. */
public final class AllowedEnvironment {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final String DEFAULT_LANG = "C.UTF-8";

  private final Map<String, String> own;

  /**
   * @param own our own environment
   */
  public AllowedEnvironment(Map<String, String> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * {@code PATH} and {@code LANG} as we have them, {@code HOME} and {@code TMPDIR} of its own.
   *
   * @param more variables that it gets besides
   */
  public Map<String, String> with(Scratch scratch, Map<String, String> more) {
    Map<String, String> allowed = new LinkedHashMap<>();
    allowed.put("PATH", own.getOrDefault("PATH", DEFAULT_PATH));
    allowed.put("HOME", scratch.home().toString());
    allowed.put("LANG", own.getOrDefault("LANG", DEFAULT_LANG));
    allowed.put("TMPDIR", scratch.temporary().toString());
    allowed.putAll(more);
    return allowed;
  }

  /**
   * Where a program lies, if anywhere: by its absolute path, or by the search path. Entries of
   * {@code PATH} that depend on the working directory are passed over: they would lead into a
   * candidate's directory. For the same reason nothing is found that is named by a relative path.
   */
  public Optional<Path> find(String program) {
    try {
      return places(program)
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Stream<Path> places(String program) {
    if (program.contains("/")) {
      return Stream.of(program).filter(path -> path.startsWith("/")).map(Path::of);
    }
    return Stream.of(own.getOrDefault("PATH", DEFAULT_PATH).split(":"))
        .filter(entry -> entry.startsWith("/"))
        .map(entry -> Path.of(entry).resolve(program));
  }
}
