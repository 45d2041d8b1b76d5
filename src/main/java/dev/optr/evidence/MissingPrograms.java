package dev.optr.evidence;

import dev.optr.process.AllowedEnvironment;
import dev.optr.workflow.Invariant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out, before anybody is asked, which invariant commands can only end {@code unknown}: those
 * that begin with a program that is not there. Only what is certain is said; of a line that the
 * shell might read otherwise nothing is.
 */
public final class MissingPrograms {
  // The first word decides alone where all that follows are its arguments or further commands
  // behind '&&': with '|', ';' or '||' another command gives the exit code.
  private static final Pattern FIRST =
      Pattern.compile(
          "\\s*(?:cd\\s+[A-Za-z0-9_./-]+\\s*&&\\s*)?"
              + "([A-Za-z0-9_+][A-Za-z0-9_.+-]*|/[A-Za-z0-9_./+-]+)"
              + "(?:\\s(?:[^|;&()`]|&&|>&)*)?");

  // What the shell itself does (POSIX, 2.4, 2.9.1.1 and 2.14), and what runs another command.
  private static final Set<String> SHELL =
      Set.of(
          ("alias bg break case cd command continue do done echo elif else esac eval exec exit"
                  + " export false fc fg fi for function getopts hash if in jobs kill let local"
                  + " newgrp printf pwd read readonly return select set shift source test then time"
                  + " times trap true type typeset ulimit umask unalias unset until wait while")
              .split(" ", -1));

  private final Map<String, String> environment;
  private final AllowedEnvironment allowed;

  /**
   * @param environment our own, whose {@code PATH} commands get
   */
  public MissingPrograms(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.allowed = new AllowedEnvironment(environment);
  }

  /** One sentence per invariant whose program is not found, with what to do. */
  public List<String> of(List<Invariant> invariants) {
    return invariants.stream().flatMap(invariant -> missing(invariant).stream()).toList();
  }

  private Optional<String> missing(Invariant invariant) {
    return first(invariant.run())
        .filter(program -> searchesOnlyFixedDirectories() && allowed.find(program).isEmpty())
        .map(
            program ->
                """
                invariant '%s' will be unknown, and no path admissible: '%s' is not found where \
                checks run; install it there, or correct 'run'; docs/three-jobs.md says how to verify on a runner that has it\
                """
                    .formatted(invariant.id(), program));
  }

  private static Optional<String> first(String run) {
    Matcher line = FIRST.matcher(run);
    return line.matches() && !SHELL.contains(line.group(1))
        ? Optional.of(line.group(1))
        : Optional.empty();
  }

  /** An entry that depends on the working directory may lead to a program of the candidate's. */
  private boolean searchesOnlyFixedDirectories() {
    return Stream.of(environment.getOrDefault("PATH", "/").split(":", -1))
        .allMatch(entry -> entry.startsWith("/"));
  }
}
