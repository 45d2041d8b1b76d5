package dev.optr.evidence;

import dev.optr.base.Redactor;
import dev.optr.base.ServiceException;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.workflow.Invariant;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Runs an invariant's command on a tree, in a directory and a home of its own, with an environment
 * of four variables and what the workflow file allows. Everything that it started is ended with it.
 * This is no isolation: the command has this user's rights.
 */
public final class CommandRunner {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final String DEFAULT_LANG = "C.UTF-8";
  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(5);

  private final TreeStore trees;
  private final Map<String, String> environment;
  private final Path temporary;
  private final Redactor redactor;
  private final LongSupplier nanoTime;
  private final Semaphore processors;

  /**
   * @param environment our own, from which a command gets what it is allowed
   * @param temporary where homes of commands are made, outside of any repository
   * @param nanoTime monotonic, in nanoseconds
   * @param processors how many commands may run at once
   */
  public CommandRunner(
      TreeStore trees,
      Map<String, String> environment,
      Path temporary,
      Redactor redactor,
      LongSupplier nanoTime,
      int processors) {
    this.trees = trees;
    this.environment = Map.copyOf(environment);
    this.temporary = temporary;
    this.redactor = redactor;
    this.nanoTime = nanoTime;
    this.processors = new Semaphore(processors, true);
  }

  /**
   * @throws InterruptedException when the lane's time is over; the command has been ended
   */
  CommandResult run(String tree, Invariant invariant) throws InterruptedException {
    Optional<String> credential = firstCredential(invariant.env());
    if (credential.isPresent()) {
      return new CommandResult.NotStarted(
          "the variable '"
              + credential.get()
              + "' holds a credential, which candidate code never gets; take it out of 'env'");
    }
    processors.acquire();
    try (CandidateDirectory candidate = trees.materialize(tree);
        Scratch scratch = Scratch.in(temporary)) {
      return run(candidate.path(), scratch, invariant);
    } finally {
      processors.release();
    }
  }

  private Optional<String> firstCredential(List<String> names) {
    return names.stream()
        .filter(name -> redactor.finds(environment.getOrDefault(name, "")))
        .findFirst();
  }

  private CommandResult run(Path directory, Scratch scratch, Invariant invariant)
      throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", invariant.run());
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(allowed(scratch, invariant.env()));
    try {
      return follow(builder.start(), List.of(directory, scratch.directory()), invariant.timeout());
    } catch (IOException e) {
      return new CommandResult.NotStarted(
          "could not start 'sh' where checks run: " + e.getMessage());
    }
  }

  private Map<String, String> allowed(Scratch scratch, List<String> names) {
    Map<String, String> allowed = new LinkedHashMap<>();
    allowed.put("PATH", environment.getOrDefault("PATH", DEFAULT_PATH));
    allowed.put("HOME", scratch.home().toString());
    allowed.put("LANG", environment.getOrDefault("LANG", DEFAULT_LANG));
    allowed.put("TMPDIR", scratch.temporary().toString());
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        allowed.put(name, value);
      }
    }
    return allowed;
  }

  private CommandResult follow(Process process, List<Path> own, Duration limit)
      throws InterruptedException {
    long start = nanoTime.getAsLong();
    OutputTail tail = new OutputTail();
    Thread reader = Thread.ofPlatform().daemon().start(() -> tail.drain(process.getInputStream()));
    boolean exited;
    long durationMs;
    try (ProcessTree tree = new ProcessTree(process, own, nanoTime)) {
      exited = tree.waitFor(limit);
      durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    }
    finish(reader, process);
    Integer exitCode = exited ? process.exitValue() : null;
    return new CommandResult.Ended(
        new Check.Command(exitCode, !exited, tail.text(redactor)), durationMs);
  }

  /** The pipe ends with its last writer; one that could not be seen must not hold us up. */
  private static void finish(Thread reader, Process process) throws InterruptedException {
    if (reader.join(OUTPUT_PATIENCE)) {
      return;
    }
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      throw ServiceException.lasting("could not close the output of a command", e);
    }
  }
}
