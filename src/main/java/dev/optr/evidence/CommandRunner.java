package dev.optr.evidence;

import dev.optr.agents.ConfinedLauncher;
import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.isolation.HostPort;
import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import dev.optr.isolation.Limits;
import dev.optr.process.AllowedEnvironment;
import dev.optr.process.Launcher;
import dev.optr.process.OutputTail;
import dev.optr.process.Program;
import dev.optr.process.ProgramResult;
import dev.optr.process.ProgramRunner;
import dev.optr.process.Scratch;
import dev.optr.workflow.Invariant;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an invariant's command on a tree, in a directory and a home of its own, with an environment
 * of four variables and what the workflow file allows, confined as far as this machine can. All
 * that it started is ended with it.
 */
public final class CommandRunner {
  /** What a shell says of a program that was ended by SIGKILL. */
  private static final int KILLED = 137;

  private final TreeStore trees;
  private final Map<String, String> environment;
  private final Path temporary;
  private final Redactor redactor;
  private final AllowedEnvironment allowed;
  private final LongSupplier nanoTime;
  private final Isolation isolation;
  private final Semaphore processors;

  /**
   * @param environment our own, from which a command gets what it is allowed
   * @param temporary where homes of commands are made, outside of any repository
   * @param nanoTime monotonic, in nanoseconds
   * @param processors how many commands may run at once
   * @param isolation confines them; nothing is confined where its level is none
   */
  public CommandRunner(
      TreeStore trees,
      Map<String, String> environment,
      Path temporary,
      Redactor redactor,
      LongSupplier nanoTime,
      int processors,
      Isolation isolation) {
    this.trees = trees;
    this.environment = Map.copyOf(environment);
    this.temporary = temporary;
    this.redactor = redactor;
    this.allowed = new AllowedEnvironment(environment);
    this.nanoTime = nanoTime;
    this.isolation = isolation;
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
    Caches caches = new Caches(ownHome(), invariant.caches());
    try {
      caches.places();
    } catch (UserException e) {
      return new CommandResult.NotStarted(String.valueOf(e.getMessage()));
    }
    processors.acquire();
    try (CandidateDirectory candidate = trees.materialize(tree);
        Scratch scratch = Scratch.in(temporary)) {
      caches.showIn(scratch.home());
      return run(candidate.path(), scratch, invariant, caches.places());
    } finally {
      processors.release();
    }
  }

  private Path ownHome() {
    return Path.of(environment.getOrDefault("HOME", "/")).toAbsolutePath();
  }

  private Optional<String> firstCredential(List<String> names) {
    return names.stream()
        .filter(name -> redactor.finds(environment.getOrDefault(name, "")))
        .findFirst();
  }

  private CommandResult run(Path directory, Scratch scratch, Invariant invariant, List<Path> caches)
      throws InterruptedException {
    OutputTail tail = new OutputTail();
    Program program =
        new Program(
            List.of("sh", "-c", invariant.run()),
            directory,
            scratch,
            allowed.with(scratch, named(invariant.env())),
            Program.NO_INPUT,
            invariant.timeout());
    TestSource tests = TestSource.of(invariant, directory);
    ProgramRunner programs = new ProgramRunner(nanoTime, launcher(caches, invariant.network()));
    return switch (tests.run(programs, program, tail)) {
      case ProgramResult.Exited(int exitCode, long durationMs) ->
          new CommandResult.Ended(
              new Check.Command(exitCode, false, tail.text(redactor)), durationMs, tests.read());
      case ProgramResult.Stopped(@Nullable String exceeded, long durationMs) ->
          new CommandResult.Ended(
              stopped(exceeded, tail.text(redactor)), durationMs, new TestReading.Nothing());
      case ProgramResult.NotStarted(String reason) ->
          new CommandResult.NotStarted("could not start 'sh' where checks run: " + reason);
    };
  }

  /** What takes too much is ended by us and has failed, as if the system had ended it. */
  private static Check.Command stopped(@Nullable String exceeded, String output) {
    return exceeded == null
        ? new Check.Command(null, true, output)
        : new Check.Command(KILLED, false, output + "\nended, since " + exceeded + "\n");
  }

  private Launcher launcher(List<Path> caches, List<String> network) {
    return isolation.level() instanceof Level.None
        ? Launcher.DIRECT
        : new ConfinedLauncher(
            isolation, caches, network.stream().map(HostPort::parse).toList(), Limits.USUAL);
  }

  private Map<String, String> named(List<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }
}
