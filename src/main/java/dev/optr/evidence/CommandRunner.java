package dev.optr.evidence;

import dev.optr.base.Redactor;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.process.AllowedEnvironment;
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

/**
 * Runs an invariant's command on a tree, in a directory and a home of its own, with an environment
 * of four variables and what the workflow file allows. Everything that it started is ended with it.
 * This is no isolation: the command has this user's rights.
 */
public final class CommandRunner {
  private final TreeStore trees;
  private final Map<String, String> environment;
  private final Path temporary;
  private final Redactor redactor;
  private final AllowedEnvironment allowed;
  private final ProgramRunner programs;
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
    this.allowed = new AllowedEnvironment(environment);
    this.programs = new ProgramRunner(nanoTime);
    this.processors = new Semaphore(processors, true);
  }

  /** Where the trees are that it runs commands on. */
  TreeStore trees() {
    return trees;
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
    return switch (tests.run(programs, program, tail)) {
      case ProgramResult.Exited(int exitCode, long durationMs) ->
          new CommandResult.Ended(
              new Check.Command(exitCode, false, tail.text(redactor)), durationMs, tests.read());
      case ProgramResult.Stopped(_, long durationMs) ->
          new CommandResult.Ended(
              new Check.Command(null, true, tail.text(redactor)),
              durationMs,
              new TestReading.Nothing());
      case ProgramResult.NotStarted(String reason) ->
          new CommandResult.NotStarted("could not start 'sh' where checks run: " + reason);
    };
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
