package dev.optr.agents.copilotcli;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneProgram;
import dev.optr.agents.LanePrograms;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.Question;
import dev.optr.agents.WorkingCopy;
import dev.optr.base.Secret;
import dev.optr.isolation.HostPort;
import dev.optr.process.OutputLines;
import dev.optr.process.OutputTail;
import dev.optr.process.ProgramResult;
import dev.optr.workflow.AgentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the program {@code copilot} of npm's {@code @github/copilot}, options as of 1.0.102 ({@code
 * copilot help}). It may read and write files of its working copy, and nothing else: no shell, no
 * network but to its model, no instructions, hooks or servers that the files name.
 */
public final class CopilotCliAgent implements Agent {
  static final String TOKEN = "COPILOT_GITHUB_TOKEN";
  private static final String PROGRAM = "copilot";
  private static final int LONGEST_LINE = 4 << 20;
  private static final List<String> OPTIONS =
      List.of(
          "--output-format",
          "json",
          "--stream",
          "off",
          "--no-ask-user",
          "--allow-tool=write",
          // Denials win over whatever else allows it.
          "--deny-tool=shell",
          "--deny-tool=url",
          "--disallow-temp-dir",
          "--disable-builtin-mcps",
          "--no-custom-instructions",
          "--no-auto-update",
          "--no-remote",
          "--no-remote-export",
          "--disable-client-telemetry",
          "--secret-env-vars=" + TOKEN,
          "--no-color",
          "--log-level",
          "none");

  /**
   * Where it validates its token, and the model's API for each plan; without telemetry and updates,
   * which it is told to leave alone. Source: docs.github.com, "Copilot allowlist reference", whose
   * patterns stand for the names that a plan's account is told.
   */
  private static final List<HostPort> HOSTS =
      Stream.of(
              "api.github.com",
              "api.githubcopilot.com",
              "api.individual.githubcopilot.com",
              "api.business.githubcopilot.com",
              "api.enterprise.githubcopilot.com",
              "copilot-proxy.githubusercontent.com")
          .map(host -> new HostPort(host, 443))
          .toList();

  private final AgentSpec spec;
  private final Secret token;
  private final LanePrograms programs;

  /**
   * @param token a fine-grained token with the permission "Copilot Requests"
   */
  public CopilotCliAgent(AgentSpec spec, Secret token, LanePrograms programs) {
    this.spec = spec;
    this.token = token;
    this.programs = programs;
  }

  @Override
  public Optional<String> unavailable() {
    return programs
        .refusal(spec, HOSTS)
        .or(
            () ->
                programs.find(PROGRAM).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                        "there is no program 'copilot' on the PATH; install it with 'npm install"
                            + " -g @github/copilot'"));
  }

  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    Optional<String> reason = unavailable();
    if (reason.isPresent()) {
      return new Answer.Failed(FailureCode.UNAVAILABLE, reason.get(), log.exchange());
    }
    Prompt prompt = LanePrograms.prompt(question);
    log.line(programs.line(prompt));
    try (WorkingCopy copy = programs.open(question)) {
      CopilotEvents events = new CopilotEvents(copy::clean, spec.turns(), log);
      OutputLines output = new OutputLines(LONGEST_LINE, events);
      OutputTail errors = new OutputTail();
      ProgramResult result = programs.run(program(copy), copy, prompt, output, errors);
      recordUsage(result, copy, events, log);
      return answer(result, copy, events, errors, log);
    }
  }

  private LaneProgram program(WorkingCopy copy) {
    return new LaneProgram(spec, arguments(copy), Map.of(TOKEN, token.reveal()), HOSTS);
  }

  private List<String> arguments(WorkingCopy copy) {
    List<String> arguments = new ArrayList<>();
    arguments.add(programs.find(PROGRAM).map(Path::toString).orElse(PROGRAM));
    arguments.addAll(OPTIONS);
    arguments.addAll(List.of("--usage-output-file", usageFile(copy).toString()));
    arguments.addAll(List.of("-C", copy.directory().toString()));
    @Nullable String model = spec.model();
    if (model != null) {
      arguments.addAll(List.of("--model", model));
    }
    return arguments;
  }

  private static Path usageFile(WorkingCopy copy) {
    return copy.scratch().directory().resolve("usage.json");
  }

  private static void recordUsage(
      ProgramResult result, WorkingCopy copy, CopilotEvents events, LaneLog log) {
    Optional<CopilotUsage> usage = CopilotUsage.read(usageFile(copy));
    boolean success = result instanceof ProgramResult.Exited(int exitCode, _) && exitCode == 0;
    if (usage.isPresent()) {
      log.settled();
      log.used(usage.get().tokens(), usage.get().usd());
      log.line(usage.get().line());
    } else if (success || events.called()) {
      log.usedUnknown();
    }
  }

  private static Answer answer(
      ProgramResult result, WorkingCopy copy, CopilotEvents events, OutputTail errors, LaneLog log)
      throws InterruptedException {
    return switch (result) {
      case ProgramResult.Exited(int exitCode, _) ->
          exitCode == 0 ? worked(copy, events, log) : failed(exitCode, copy, events, errors, log);
      case ProgramResult.Stopped(@Nullable String exceeded, _) -> stopped(exceeded, events, log);
      case ProgramResult.NotStarted(String why) ->
          new Answer.Failed(
              FailureCode.UNAVAILABLE, "'copilot' could not be started: " + why, log.exchange());
    };
  }

  private static Answer stopped(@Nullable String exceeded, CopilotEvents events, LaneLog log) {
    if (exceeded != null) {
      return new Answer.Failed(
          FailureCode.BUDGET, "'copilot' was ended, since " + exceeded, log.exchange());
    }
    return events.isOverdrawn()
        ? new Answer.Failed(
            FailureCode.BUDGET, "'copilot' wanted more turns than it may have", log.exchange())
        : new Answer.Failed(
            FailureCode.TIMEOUT, "'copilot' took too long and was ended", log.exchange());
  }

  private static Answer worked(WorkingCopy copy, CopilotEvents events, LaneLog log)
      throws InterruptedException {
    Answer answer = copy.answer(copy.claim(events.lastMessage()), log);
    boolean nothing =
        answer instanceof Answer.Failed(FailureCode code, _, _) && code == FailureCode.EMPTY;
    if (!nothing) {
      return answer;
    }
    Optional<Answer> declined =
        copy.submitted(events.lastMessage(), log).filter(Answer.Declined.class::isInstance);
    return declined
        .or(() -> events.failure().map(failure -> failed(failure, copy, log)))
        .orElse(answer);
  }

  private static Answer failed(
      int exitCode, WorkingCopy copy, CopilotEvents events, OutputTail errors, LaneLog log) {
    if (events.failure().isPresent()) {
      return failed(events.failure().get(), copy, log);
    }
    String complaint = ProviderFailure.oneLine(copy.clean(errors));
    boolean token =
        complaint.contains("No authentication information")
            || complaint.contains("Personal Access Tokens");
    return new Answer.Failed(
        token ? FailureCode.AUTH : FailureCode.SERVICE,
        "'copilot' exited with " + exitCode + (complaint.isEmpty() ? "" : ": '" + complaint + "'"),
        log.exchange());
  }

  private static Answer failed(CopilotEvents.Failure failure, WorkingCopy copy, LaneLog log) {
    String said = ProviderFailure.oneLine(copy.clean(failure.message()));
    return new Answer.Failed(
        failure.code(),
        "'copilot' gave up" + (said.isEmpty() ? "" : ": '" + said + "'"),
        log.exchange());
  }
}
