package dev.optr.agents;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.isolation.HostPort;
import dev.optr.isolation.Isolation;
import dev.optr.isolation.Limits;
import dev.optr.process.AllowedEnvironment;
import dev.optr.process.Launcher;
import dev.optr.process.OutputReader;
import dev.optr.process.Program;
import dev.optr.process.ProgramResult;
import dev.optr.process.ProgramRunner;
import dev.optr.workflow.AgentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs agents that are programs of this machine, as candidate code runs: confined, in a working
 * copy, with a home of their own, the prompt as standard input and no credential but the lane's
 * own. Everything that one started is ended with it.
 */
public final class LanePrograms {
  private static final String NOTHING_TO_DO =
      """
      Where nothing should be changed, leave the files as they are and let your last output be one \
      JSON object: {"tool": "decline", "arguments": {"reason": "..."}}.
      """;

  private final ProgramPolicy policy;
  private final AllowedEnvironment environment;
  private final ProgramNetwork network;
  private final ProgramFiles files;
  private final LongSupplier nanoTime;
  private final Path temporary;
  private final Redactor redactor;

  /**
   * @param environment our own, of which programs get the search path, the language, the
   *     authorities, and unconfined ones what leads through a proxy without a login
   * @param way how we reach other hosts ourselves
   * @param temporary where homes are made, outside of any repository
   * @param nanoTime monotonic, in nanoseconds
   * @param redactor of every credential of the run
   */
  public LanePrograms(
      ProgramPolicy policy,
      Map<String, String> environment,
      Supplier<Network> way,
      Path temporary,
      LongSupplier nanoTime,
      Redactor redactor) {
    this.policy = policy;
    this.environment = new AllowedEnvironment(environment);
    this.network = new ProgramNetwork(environment, way);
    this.files = new ProgramFiles(this.environment);
    this.nanoTime = nanoTime;
    this.temporary = temporary;
    this.redactor = redactor;
  }

  /**
   * Why the lane's program may not be started, if so.
   *
   * @param hosts all that it needs
   */
  public Optional<String> refusal(AgentSpec lane, List<HostPort> hosts) {
    return switch (policy) {
      case ProgramPolicy.Refused(String reason) -> Optional.of(reason);
      case ProgramPolicy.Confined(Isolation isolation) ->
          network.refusal(isolation, hosts).or(() -> uncountedTokens(lane));
      case ProgramPolicy.Unconfined _ -> uncountedTokens(lane);
    };
  }

  private static Optional<String> uncountedTokens(AgentSpec lane) {
    return lane.budget().tokens() == null
        ? Optional.empty()
        : Optional.of(
            "a program does not tell its tokens, so they cannot be bounded; take 'budget.tokens' out of agent '"
                + lane.name()
                + "' and set its 'timeout'");
  }

  /** Where a program lies that is named by its absolute path or without a slash, if anywhere. */
  public Optional<Path> find(String program) {
    return environment.find(program);
  }

  /** Writes what the lane may see; close it after use. */
  public WorkingCopy open(Question question) {
    return WorkingCopy.of(question, temporary, redactor);
  }

  /** What such an agent is told; the files themselves are in its working copy. */
  public static Prompt prompt(Question question) {
    return Prompt.of(question, Integer.MAX_VALUE, Provider.Protocol.WORKING_COPY);
  }

  /** As the transcript has it, with how far the program is isolated that gets it. */
  public JsonObject line(Prompt prompt) {
    return prompt.line().with("isolation", Json.text(policy.shown()));
  }

  /**
   * Runs a program until it exits, or the lane's time is over.
   *
   * @throws InterruptedException when the lane is interrupted; the program has been ended
   */
  public ProgramResult run(
      LaneProgram program,
      WorkingCopy copy,
      Prompt prompt,
      OutputReader output,
      OutputReader errors)
      throws InterruptedException {
    return switch (policy) {
      case ProgramPolicy.Refused(String reason) -> new ProgramResult.NotStarted(reason);
      case ProgramPolicy.Confined(Isolation isolation) ->
          new ProgramRunner(nanoTime, confined(isolation, program))
              .run(started(program, copy, prompt, network.confined()), output, errors);
      case ProgramPolicy.Unconfined _ ->
          new ProgramRunner(nanoTime)
              .run(started(program, copy, prompt, network.unconfined()), output, errors);
    };
  }

  private Launcher confined(Isolation isolation, LaneProgram program) {
    List<Path> readable = new ArrayList<>(files.of(program.arguments().getFirst()));
    readable.addAll(network.files());
    return new ConfinedLauncher(isolation, readable, program.hosts(), Limits.USUAL);
  }

  private Program started(
      LaneProgram program, WorkingCopy copy, Prompt prompt, Map<String, String> variables) {
    String text = prompt.instructions() + "\n" + NOTHING_TO_DO + prompt.data();
    Path input = copy.scratch().write("prompt.txt", Bytes.utf8(text));
    Map<String, String> more = new HashMap<>(variables);
    more.putAll(program.variables());
    return new Program(
        program.arguments(),
        copy.directory(),
        copy.scratch(),
        environment.with(copy.scratch(), more),
        input,
        program.lane().timeout());
  }
}
