package dev.optr.agents;

import dev.optr.base.Bytes;
import dev.optr.base.Redactor;
import dev.optr.process.AllowedEnvironment;
import dev.optr.process.OutputReader;
import dev.optr.process.Program;
import dev.optr.process.ProgramResult;
import dev.optr.process.ProgramRunner;
import dev.optr.workflow.AgentSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs agents that are programs of this machine: in a working copy, with a home of their own, the
 * prompt as standard input and no credential but the lane's own. Everything that one started is
 * ended with it.
 */
public final class LanePrograms {
  private static final String NOTHING_TO_DO =
      """
      Where nothing should be changed, leave the files as they are and let your last output be one \
      JSON object: {"tool": "decline", "arguments": {"reason": "..."}}.

      """;

  private final ProgramPolicy policy;
  private static final List<String> NETWORK =
      List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE");

  private final AllowedEnvironment environment;
  private final Map<String, String> network;
  private final ProgramRunner runner;
  private final Path temporary;
  private final Redactor redactor;

  /**
   * @param environment our own, of which programs get the search path, the language, and what leads
   *     through a proxy without a login
   * @param temporary where homes are made, outside of any repository
   * @param nanoTime monotonic, in nanoseconds
   * @param redactor of every credential of the run
   */
  public LanePrograms(
      ProgramPolicy policy,
      Map<String, String> environment,
      Path temporary,
      LongSupplier nanoTime,
      Redactor redactor) {
    this.policy = policy;
    this.environment = new AllowedEnvironment(environment);
    this.network = network(environment);
    this.runner = new ProgramRunner(nanoTime);
    this.temporary = temporary;
    this.redactor = redactor;
  }

  /** In both cases of their names; a login in one of them is no program's. */
  private static Map<String, String> network(Map<String, String> environment) {
    Map<String, String> network = new HashMap<>();
    for (String name : NETWORK) {
      for (String spelled : List.of(name, name.toLowerCase(Locale.ROOT))) {
        String value = environment.getOrDefault(spelled, "");
        if (!value.isBlank() && !value.contains("@")) {
          network.put(spelled, value);
        }
      }
    }
    return network;
  }

  /** Why the lane's program may not be started, if so. */
  public Optional<String> refusal(AgentSpec lane) {
    return switch (policy) {
      case ProgramPolicy.Refused(String reason) -> Optional.of(reason);
      case ProgramPolicy.Run _ ->
          lane.budget().tokens() == null
              ? Optional.empty()
              : Optional.of(
                  "a program does not tell its tokens, so they cannot be bounded; take 'budget.tokens' out of agent '"
                      + lane.name()
                      + "' and set its 'timeout'");
    };
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

  /**
   * Runs a program until it exits, or the lane's time is over.
   *
   * @param arguments the program and its arguments
   * @param variables what it gets besides the allowed environment
   * @throws InterruptedException when the lane is interrupted; the program has been ended
   */
  public ProgramResult run(
      AgentSpec lane,
      WorkingCopy copy,
      List<String> arguments,
      Map<String, String> variables,
      Prompt prompt,
      OutputReader output,
      OutputReader errors)
      throws InterruptedException {
    String text = prompt.instructions() + "\n" + NOTHING_TO_DO + prompt.data();
    Path input = copy.scratch().write("prompt.txt", Bytes.utf8(text));
    Map<String, String> more = new HashMap<>(network);
    more.putAll(variables);
    Program program =
        new Program(
            arguments,
            copy.directory(),
            copy.scratch(),
            environment.with(copy.scratch(), more),
            input,
            lane.timeout());
    return runner.run(program, output, errors);
  }
}
